"""The person who logs in: an e-mail address, no user name."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.enums import Digest


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("An e-mail address is needed")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("adresse e-mail"), unique=True)
    name = models.CharField(_("prénom et nom"), max_length=120, blank=True)
    language = models.CharField(
        _("langue"), max_length=5, choices=[("fr", _("Français")), ("en", _("Anglais"))], default="fr"
    )
    digest = models.CharField(
        _("propositions par e-mail"), max_length=10, choices=Digest, default=Digest.IMMEDIATE,
        help_text=_("Les réponses à vos propres échanges arrivent toujours tout de suite."),
    )  # fmt: skip
    is_staff = models.BooleanField(_("accès à l'administration"), default=False)
    is_active = models.BooleanField(_("compte actif"), default=True)
    date_joined = models.DateTimeField(_("inscription"), default=timezone.now)
    inactivity_told_at = models.DateTimeField(
        _("prévenue de l'effacement le"), null=True, blank=True, editable=False,
        help_text=_("Un compte longtemps sans connexion est effacé un mois après ce message."),
    )  # fmt: skip
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ["email"]

    def __str__(self) -> str:
        return gettext("personne effacée") if self.erased_at else self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


def staff_with(app: str, codename: str) -> models.QuerySet[User]:
    """Staff with a permission, by name: whom a record may be given to."""
    permission = models.Q(permissions__codename=codename, permissions__content_type__app_label=app)
    groups = Group.objects.filter(permission).values("pk")
    staff = User.objects.filter(is_active=True, is_staff=True)
    return staff.filter(models.Q(is_superuser=True) | models.Q(groups__in=groups)).distinct().order_by("name", "pk")
