"""One side asks, the other accepts or declines; then they talk."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from projects.matching.enums import RefusalReason
from projects.models import Need

from .conversation.models import Attachment, IntroductionStep, Message, ThreadReader
from .enums import IntroductionState, Side
from .querysets import LIVE, IntroductionQuerySet

__all__ = ["AnswerToTell", "Attachment", "Introduction", "IntroductionStep", "Message", "ThreadReader"]


class Introduction(models.Model):
    need = models.ForeignKey(Need, models.CASCADE, related_name="introductions", verbose_name=_("besoin"))
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="introductions", verbose_name=_("acteur"))
    side = models.CharField(_("demandée par"), max_length=8, choices=Side)
    state = models.CharField(_("état"), max_length=10, choices=IntroductionState, default=IntroductionState.PROPOSED)
    message = models.TextField(_("message"), max_length=2000)
    reply = models.TextField(_("réponse"), max_length=2000, blank=True)
    reason = models.CharField(_("raison"), max_length=20, choices=RefusalReason, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("écrite par")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("répondue par"),
    )
    created_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)
    help_asked_at = models.DateTimeField(
        _("ouverte à l'animation le"), null=True, blank=True,
        help_text=_("Une des deux structures a demandé à l'équipe d'animation de lire l'échange."),
    )  # fmt: skip

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mise en relation")
        verbose_name_plural = _("mises en relation")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "actor"], condition=models.Q(state__in=LIVE), name="one_live_introduction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor} / {self.need}"

    def get_absolute_url(self) -> str:
        return reverse("introduction-detail", args=[self.pk])

    @property
    def asking(self) -> Actor:
        """The actor that wrote first."""
        return self.actor if self.side == Side.ACTOR else self.need.project.lead

    @property
    def asked(self) -> Actor:
        """The actor that answers."""
        return self.need.project.lead if self.side == Side.ACTOR else self.actor

    def of_side(self, side: str) -> Actor:
        return self.actor if side == Side.ACTOR else self.need.project.lead

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_accepted(self) -> bool:
        return self.state == IntroductionState.ACCEPTED


class AnswerToTell(models.Model):
    """An answer to somebody's need that their next mail tells (answers.py); gone once it was told."""

    introduction = models.ForeignKey(
        Introduction, models.CASCADE, related_name="to_tell", verbose_name=_("mise en relation")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("personne"))

    class Meta:
        verbose_name = _("réponse à annoncer")
        verbose_name_plural = _("réponses à annoncer")
        constraints = [models.UniqueConstraint(fields=["introduction", "person"], name="one_answer_to_tell")]

    def __str__(self) -> str:
        return f"{self.introduction} · {self.person}"
