"""What happened to an actor's members."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import MembershipChange, Role
from .actor import Actor


class MembershipEvent(models.Model):
    """Who, when, what. Written with the change, never edited."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="membership_events", verbose_name=_("acteur"))
    what = models.CharField(_("événement"), max_length=15, choices=MembershipChange)
    role = models.CharField(_("rôle"), max_length=10, choices=Role, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("personne concernée")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("changement de membre")
        verbose_name_plural = _("changements de membres")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["actor", "person"], name="membership_event_person")]

    def __str__(self) -> str:
        return f"{self.actor} : {self.get_what_display()}"
