"""Who may see which event, and which of its dates. Both follow the organiser."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all

from .enums import EventState

PUBLIC_EVENTS = (EventState.PUBLISHED, EventState.CANCELLED)
NOT_FOR_LISTS = ("description", "search")


def public_event(prefix: str = "") -> Q:
    """A cancelled event stays to be read: people come to look whether it takes place."""
    return Q(**{f"{prefix}state__in": PUBLIC_EVENTS, f"{prefix}organiser__state": ActorState.APPROVED})


class EventQuerySet(models.QuerySet):
    def public(self) -> "EventQuerySet":
        return self.filter(public_event())

    def visible_to(self, user: Any) -> "EventQuerySet":
        """Public ones for all; in any state for the organisers' members, and for animators."""
        if may_see_all(user, "events.view_event"):
            return self
        if not user.is_authenticated:
            return self.public()
        own = Actor.objects.of_member(user).values("pk")
        return self.filter(public_event() | Q(organiser__in=own) | Q(pk__in=self._with(actor__in=own)))

    def of_actor(self, actor: Actor) -> "EventQuerySet":
        """A union, of which each part has its index: with "or" PostgreSQL would read every event."""
        own = self.model._default_manager.order_by().filter(organiser=actor).values("pk")
        return self.filter(pk__in=own.union(self._with(actor=actor)))

    def _with(self, **co_organisers: Any) -> models.QuerySet:
        from .models import Event

        return Event.co_organisers.through.objects.filter(**co_organisers).values("event")


class OccurrenceQuerySet(models.QuerySet):
    """Dates of events: seen by whoever sees the event."""

    def public(self) -> "OccurrenceQuerySet":
        return self.filter(public_event("event__"))

    def visible_to(self, user: Any) -> "OccurrenceQuerySet":
        from .models import Event

        return self.filter(event__in=Event.objects.visible_to(user).values("pk"))

    def standing(self) -> "OccurrenceQuerySet":
        """Those that take place."""
        return self.filter(is_cancelled=False).exclude(event__state=EventState.CANCELLED)

    def to_come(self, now: datetime | None = None) -> "OccurrenceQuerySet":
        """Not over yet."""
        return self.filter(ends_at__gte=now or timezone.now())

    def past(self, now: datetime | None = None) -> "OccurrenceQuerySet":
        return self.filter(ends_at__lt=now or timezone.now())

    def between(self, first: datetime, last: datetime) -> "OccurrenceQuerySet":
        """Those that take place, at least in part, from `first` to before `last`."""
        return self.filter(starts_at__lt=last).filter(Q(ends_at__gt=first) | Q(starts_at__gte=first))

    def with_free_places(self) -> "OccurrenceQuerySet":
        return self.filter(Q(event__capacity=None) | Q(taken__lt=F("event__capacity")))

    def with_card_data(self) -> "OccurrenceQuerySet":
        deferred = [f"event__{name}" for name in NOT_FOR_LISTS]
        of_actor = [f"event__organiser__{name}" for name in ("vector", "stems", "search", "description")]
        return self.select_related("event__organiser").defer(*deferred, *of_actor)
