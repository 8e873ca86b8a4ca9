"""Somebody says: this is my organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import ClaimState, Role
from ..querysets import MembershipClaimQuerySet
from .actor import Actor


class MembershipClaim(models.Model):
    """A person asks to act for an actor. Its owners decide, or the animators where it has none."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="claims", verbose_name=_("acteur"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name=_("personne")
    )
    message = models.TextField(_("message"), max_length=2000)
    state = models.CharField(_("état"), max_length=10, choices=ClaimState, default=ClaimState.WAITING)
    role = models.CharField(_("rôle donné"), max_length=10, choices=Role, blank=True)
    reason = models.TextField(_("motif"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("décidé par"),
    )  # fmt: skip

    objects = MembershipClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de rattachement")
        verbose_name_plural = _("demandes de rattachement")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "user"], condition=Q(state="waiting"), name="one_waiting_claim_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.actor}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ClaimState.WAITING
