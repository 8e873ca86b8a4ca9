"""Which calendars are due, what became of their events."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor
from events.enums import EventState


class CalendarSourceQuerySet(models.QuerySet):
    def of_actor(self, actor: Actor) -> "CalendarSourceQuerySet":
        return self.filter(actor=actor)

    def due(self, now: datetime | None = None) -> "CalendarSourceQuerySet":
        return self.filter(due_at__lte=now or timezone.now()).order_by("due_at", "pk")


class ImportedEventQuerySet(models.QuerySet):
    def of_actor(self, actor: Any) -> "ImportedEventQuerySet":
        return self.filter(source__actor=actor)

    def standing(self) -> "ImportedEventQuerySet":
        """Those that have an event here."""
        return self.exclude(event=None)

    def gone(self) -> "ImportedEventQuerySet":
        """No longer in the calendar, or cancelled there, while our event still stands."""
        return self.standing().exclude(gone_at=None).exclude(event__state=EventState.CANCELLED)

    def in_conflict(self) -> "ImportedEventQuerySet":
        return self.standing().filter(~Q(conflicts={}))
