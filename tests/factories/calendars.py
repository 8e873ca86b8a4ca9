"""Calendars of actors, and what came of them."""

from itertools import count

from django.utils import timezone

from actors.models import Actor
from events.imports.fields import of_event
from events.imports.models import CalendarSource, ImportedEvent
from events.models import Event

_numbers = count(1)


def source(actor: Actor, **fields) -> CalendarSource:
    """Read a moment ago."""
    now = timezone.now()
    given = {"url": f"https://agenda.example/{next(_numbers)}.ics", "asked_at": now, "tried_at": now, "read_at": now}
    return CalendarSource.objects.create(actor=actor, **{**given, **fields})


def entry(event: Event, of: CalendarSource | None = None, **fields) -> ImportedEvent:
    return ImportedEvent.objects.create(
        source=of or source(event.organiser), event=event, uid=f"{next(_numbers)}@agenda.example",
        values=of_event(event), written=event.sequence, **fields,
    )  # fmt: skip
