"""The clock's pulse: proof in the database that the scheduler runs."""

import logging
import time

from celery.beat import Scheduler
from django.db import DatabaseError, close_old_connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
PULSE_EVERY = 10  # seconds


class Heartbeat(models.Model):
    """When a part of the system last said that it lives."""

    name = models.CharField(_("nom"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("à"))

    class Meta:
        verbose_name = _("signe de vie")
        verbose_name_plural = _("signes de vie")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})

    @classmethod
    def age(cls, name: str) -> float | None:
        """Seconds since `name` last beat; None when it never did."""
        last = cls.objects.filter(name=name).values_list("at", flat=True).first()
        return None if last is None else (timezone.now() - last).total_seconds()


class HeartbeatScheduler(Scheduler):
    """Celery's in-memory scheduler with a pulse.

    No schedule file: every job finds what is due in the database, so nothing needs remembering.
    """

    _last_pulse = 0.0

    def tick(self, *args, **kwargs):
        if time.monotonic() - self._last_pulse >= PULSE_EVERY:
            self._last_pulse = time.monotonic()
            try:
                close_old_connections()
                Heartbeat.beat("scheduler")
            except DatabaseError:
                logger.exception("The scheduler could not record its pulse")
        return super().tick(*args, **kwargs)
