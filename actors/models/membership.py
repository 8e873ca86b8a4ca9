"""Who acts for an actor."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coexist.common.history import History

from ..enums import Role
from ..querysets import MembershipQuerySet
from .actor import Actor


class Membership(models.Model):
    """A person acts for an actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="memberships", verbose_name=_("acteur"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("personne")
    )
    role = models.CharField(_("rôle"), max_length=10, choices=Role, default=Role.READER)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()
    history = History(_("historique des membres"))

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        ordering = ["actor", "user"]
        constraints = [models.UniqueConstraint(fields=["actor", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        return f"{self.user} / {self.actor} ({self.get_role_display()})"
