"""Events of ours in every state, and forms as people would send them."""

from uuid import uuid4

from actors.models import Actor
from events.enums import EventState
from tests.factories import calendars, events


def of_events(ours: Actor, suspended: Actor) -> dict[str, tuple]:
    event, draft = events.event(ours, rule="FREQ=WEEKLY;COUNT=3"), events.event(ours, state=EventState.DRAFT)
    return {
        "event": (event.slug,),
        "draft_event": (draft.slug,),
        "cancelled_event": (events.event(ours, state=EventState.CANCELLED).slug,),
        "hidden_event": (events.event(suspended).slug,),
        "calendar": (ours.slug, calendars.source(ours).pk),
        "imported_event": (ours.slug, calendars.entry(events.event(ours, state=EventState.DRAFT)).pk),
        "occurrence": (events.date_of(event).pk,),
        "draft_occurrence": (events.date_of(draft).pk,),
    }


def event_forms(ours: Actor) -> dict:
    when = {"first_day": "2029-03-16", "first_time": "20:00"}
    event = {
        **when, "title": "Ciné-débat", "kind": "screening", "zone": "Europe/Paris", "country": "FR", "booking": "none",
    }  # fmt: skip
    return {
        "event-create": event | {"organiser": ours.pk, "form_key": uuid4()},
        "event-edit": event,
        "actor-calendar": {"url": "https://agenda.example/a.ics"},
        "calendar-entry": {"do": "drop"},
        "event-cancel": {"because": "Grève des trains"},
        "occurrence-edit": when,
        "occurrence-cancel": {"because": "Neige"},
    }
