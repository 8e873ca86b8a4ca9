"""Which events a feed tells of: those of the agenda, narrowed by the same parameters."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Min, Prefetch
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from ..days import day_bounds
from ..filters import AgendaFilter
from ..models import Event, Occurrence
from ..results import Agenda
from .ics import PAST

MOST_EVENTS = 500
MOST_IN_NEWS = 50
OF_ORGANISER = ("vector", "stems", "search", "description")
_VERSION = 1  # raised when what is written of the same rows changes
_OF_THE_PAGE = ("vue", "mois", "passe", "page")


def feed_query(parameters: QueryDict) -> str:
    """What a page of the agenda is narrowed by, for the address of the feed that follows it."""
    kept = [
        (name, value)
        for name, values in parameters.lists() for value in values if value and name not in _OF_THE_PAGE
    ]  # fmt: skip
    return urlencode(kept)


@dataclass
class Selection:
    """Two queries say which events, and whether they changed; two more read them."""

    request: HttpRequest

    @cached_property
    def agenda(self) -> Agenda:
        rows = Occurrence.objects.public()
        return Agenda(rows, AgendaFilter(self.request.GET, queryset=rows, request=self.request))

    @property
    def is_readable(self) -> bool:
        return self.agenda.filter.is_valid()

    @cached_property
    def next_first(self) -> list[int]:
        """Keys of events with a date in the last 90 days or later, in the order of their dates."""
        dates = self.agenda.of_any_day.filter(ends_at__gte=timezone.now() - PAST).order_by()
        by_event = dates.values("event").annotate(first=Min("starts_at")).order_by("first", "event")
        return list(by_event.values_list("event", flat=True)[:MOST_EVENTS])

    @cached_property
    def newest_first(self) -> list[int]:
        dates = self.agenda.of_any_day.to_come().order_by()
        events = Event.objects.filter(pk__in=dates.values("event")).exclude(published_at=None)
        return list(events.order_by("-published_at", "-pk").values_list("pk", flat=True)[:MOST_IN_NEWS])

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.request.get_full_path()

    def mark_of(self, keys: list[int]) -> tuple[str, int]:
        """What stays the same as long as the feed would read the same; when it last changed, in seconds.

        Each day it is another, since what is old leaves the feed.
        """
        state = sorted(
            Event.objects.filter(pk__in=keys).values_list("pk", "sequence", "updated_at", "organiser__name")
        )  # fmt: skip
        facts = [_VERSION, timezone.localdate(), self.request.get_full_path(), keys, state]
        since = day_bounds(timezone.localdate())[0]
        changed_at = max([since, *(updated_at for _pk, _sequence, updated_at, _name in state)])
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32], int(changed_at.timestamp())

    def events(self, keys: list[int]) -> list[Event]:
        """In the order of the keys, with their organiser and their dates."""
        recent = Occurrence.objects.filter(ends_at__gte=timezone.now() - PAST).order_by("starts_at", "pk")
        found = (
            Event.objects.public().filter(pk__in=keys).select_related("organiser")
            .defer("search", *(f"organiser__{name}" for name in OF_ORGANISER))
            .prefetch_related(Prefetch("occurrences", recent))
        )  # fmt: skip
        by_key = {event.pk: event for event in found}
        return [by_key[key] for key in keys if key in by_key]
