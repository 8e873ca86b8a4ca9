"""What was decided about an actor."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ActorState
from .actor import Actor


class ActorDecision(models.Model):
    """A change of an actor's state: who, when, why. Written with the change, never edited."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="decisions", verbose_name=_("acteur"))
    state = models.CharField(_("nouvel état"), max_length=15, choices=ActorState)
    reason = models.TextField(_("motif"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor} : {self.get_state_display()}"
