"""What says "confirmé le…": the columns of a row that its people are asked to confirm."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_NUDGES = 4
COLUMNS = ("nudges", "nudged_at", "is_stale")  # derived: no version is kept of them


class Confirmable(models.Model):
    """Counted by the nudging job, forgotten with each confirmation."""

    confirmed_at = models.DateTimeField(_("confirmé le"), default=timezone.now)
    nudges = models.PositiveSmallIntegerField(_("rappels depuis la confirmation"), default=0, editable=False)
    nudged_at = models.DateTimeField(_("dernier rappel le"), null=True, blank=True, editable=False)
    is_stale = models.BooleanField(
        _("à confirmer"), default=False, editable=False, help_text=_("Plusieurs rappels sont restés sans réponse.")
    )

    class Meta:
        abstract = True

    def confirm(self) -> None:
        """In memory: the caller saves."""
        self.confirmed_at = timezone.now()
        self.nudges, self.nudged_at, self.is_stale = 0, None, False
