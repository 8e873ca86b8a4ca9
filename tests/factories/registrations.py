"""Registrations, made as the site makes them."""

from itertools import count

from actors.models import User
from events.models import Event, Occurrence
from events.registrations import services
from events.registrations.models import Registration, Seat
from tests.factories import people

_numbers = count(1)


def register(
    event: Event, occurrence: Occurrence | None = None, *, person: User | None = None, **fields
) -> Registration:
    """By somebody with a verified account; for the first date, unless the event is taken as a whole."""
    person = person or people.verified()
    if occurrence is None and event.booking != "all" and not fields.pop("for_all", False):
        occurrence = event.occurrences.order_by("starts_at").first()
    given = {"name": person.name, "email": person.email, "access_needs": "", **fields}
    return services.register(event=event, occurrence=occurrence, person=person, **given)


def asked(event: Event, occurrence: Occurrence | None = None, **fields) -> Registration:
    """By a visitor, whose address is not confirmed yet."""
    if occurrence is None and event.booking != "all":
        occurrence = event.occurrences.order_by("starts_at").first()
    given = {"name": "Awa Visiteuse", "email": f"visite{next(_numbers)}@test.example", "access_needs": "", **fields}
    return services.register(event=event, occurrence=occurrence, person=None, **given)


def attended(event: Event, *, person: User) -> Registration:
    """Of an event that is over: the person came to each of its dates."""
    made = Registration.objects.create(
        event=event, person=person, name=person.name, email=person.email, state="registered", queued_at=event.starts_at
    )
    made.seats.bulk_create(
        Seat(registration=made, occurrence=row, address=made.email, came=True) for row in event.occurrences.all()
    )
    return made
