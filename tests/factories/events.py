"""Events and their dates."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.utils import timezone

from actors.models import Actor
from events.enums import EventState
from events.models import Event, Occurrence
from events.services import save_event

_numbers = count(1)
SOON = timedelta(days=10)


def event(organiser: Actor, *, state: str = EventState.PUBLISHED, **fields) -> Event:
    """Published, in ten days at six in the evening, for two hours, unless told otherwise."""
    start = fields.pop("starts_at", None) or (timezone.localtime() + SOON).replace(
        hour=18, minute=0, second=0, microsecond=0
    )
    end = fields.pop("ends_at", None) or start + timedelta(hours=2)
    made = Event(
        organiser=organiser, state=state, starts_at=start, ends_at=end,
        **{"title": f"Rencontre {next(_numbers)}", "city": "Annemasse", "postcode": "74100", **fields},
    )  # fmt: skip
    if state in (EventState.PUBLISHED, EventState.CANCELLED):
        made.published_at = timezone.now()
    return save_event(event=made, acting_user=None)


def date_of(of: Event, place: int = 0) -> Occurrence:
    return of.occurrences.order_by("starts_at")[place]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
