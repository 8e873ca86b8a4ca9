"""The rows that limits.py counts in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often it was done within one window. Of who did it only a keyed hash is kept."""

    key = models.CharField(_("clé"), max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("nombre"), default=0)
    ends_at = models.DateTimeField(_("jusqu'à"), db_index=True)

    class Meta:
        verbose_name = _("compteur de fréquence")
        verbose_name_plural = _("compteurs de fréquence")

    def __str__(self) -> str:
        return f"{self.count}, {self.ends_at}"
