"""Texts the animators edit, partners they name, messages they answer."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coexist.common.uploads.fields import CleanImageField
from coexist.common.uploads.shelves import file_url

from .enums import MessageState
from .querysets import ContactMessageQuerySet, PartnerQuerySet

LONGEST_TEXT = 60_000  # characters of a page
LONGEST_MESSAGE = 5_000


class Page(models.Model):
    """A legal text. Each change keeps the version before it."""

    slug = models.SlugField(_("adresse de la page"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=120)
    body = models.TextField(
        _("texte"), max_length=LONGEST_TEXT,
        help_text=_("En Markdown. Les mots entre doubles accolades sont remplacés, voir la liste ci-dessous."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    updated_at = models.DateTimeField(_("mise à jour le"))

    class Meta:
        verbose_name = _("page d'information")
        verbose_name_plural = _("pages d'information")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])


class PageVersion(models.Model):
    """What a page said before: terms that somebody once accepted can still be read."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions", verbose_name=_("page"))
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("titre"), max_length=120)
    body = models.TextField(_("texte"))
    since = models.DateTimeField(_("depuis le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("remplacée par"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("version d'une page")
        verbose_name_plural = _("versions d'une page")
        ordering = ["page", "-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Partner(models.Model):
    """Who carries the network with the CSI."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    text = models.TextField(_("en quelques mots"), max_length=600, blank=True)
    link = models.URLField(_("site web"), blank=True)
    logo = CleanImageField(
        _("logo"), upload_to="partners/", blank=True,
        help_text=_("PNG, JPEG ou WebP. Le nom écrit à côté suffit à qui ne voit pas l'image."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_shown = models.BooleanField(_("visible"), default=True)

    objects = models.Manager.from_queryset(PartnerQuerySet)()

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        return file_url(self.logo.name)


class ContactMessage(models.Model):
    """What somebody wrote through the public form; read and answered by animators."""

    name = models.CharField(_("nom"), max_length=120)
    email = models.EmailField(_("adresse e-mail"))
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    state = models.CharField(_("état"), max_length=10, choices=MessageState, default=MessageState.NEW)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("suivi par"),
    )  # fmt: skip
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, editable=False)
    created_at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("suivi le"), auto_now=True)

    objects = models.Manager.from_queryset(ContactMessageQuerySet)()

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="contact_state_age"),
            models.Index(fields=["email", "created_at"], name="contact_email_age"),
        ]

    def __str__(self) -> str:
        return self.subject


class ContactReply(models.Model):
    """What an animator answered, as it was sent."""

    message = models.ForeignKey(ContactMessage, models.CASCADE, related_name="replies", verbose_name=_("message"))
    body = models.TextField(_("réponse"), max_length=LONGEST_MESSAGE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    form_key = models.UUIDField(_("clé du formulaire"), unique=True, editable=False)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.message} ({self.at:%d/%m/%Y})"
