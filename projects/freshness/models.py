from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Nudge(models.Model):
    """One person was asked to confirm; by which no week brings a second mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("personne"))
    number = models.PositiveSmallIntegerField(_("choses à confirmer"))
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("rappel de confirmation")
        verbose_name_plural = _("rappels de confirmation")
        indexes = [models.Index(fields=["person", "-at"], name="nudge_person_at")]

    def __str__(self) -> str:
        return f"{self.person} · {self.at:%d/%m/%Y}"
