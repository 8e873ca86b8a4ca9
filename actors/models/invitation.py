"""Who is asked, by mail, to act for an actor."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import InvitationState, Role
from ..querysets import InvitationQuerySet
from .actor import Actor

VALID_FOR = timedelta(days=14)


class Invitation(models.Model):
    """One address, one actor, one role. Of the link's token only a hash is kept: it cannot be read back."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="invitations", verbose_name=_("acteur"))
    email = models.EmailField(_("adresse e-mail"))
    role = models.CharField(_("rôle"), max_length=10, choices=Role, default=Role.EDITOR)
    token_hash = models.CharField(_("empreinte du lien"), max_length=64, unique=True, editable=False)
    owner_notice = models.TextField(
        _("information jointe"), max_length=4000, blank=True,
        help_text=_("D'où vient l'adresse et quels droits a la personne, quand elle n'a rien demandé (RGPD, art. 14)."),
    )  # fmt: skip
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invité par")
    )
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    times_sent = models.PositiveSmallIntegerField(_("envois"), default=1)
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("acceptée par"),
    )  # fmt: skip
    revoked_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("annulée par"),
    )  # fmt: skip

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "email"], condition=Q(accepted_at=None, revoked_at=None), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"

    @property
    def state(self) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN
