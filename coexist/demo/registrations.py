"""Who comes to the demo's events: a list with places left, a full one with people waiting, a past training."""

from django.utils.text import slugify

from actors.models import User
from events.models import Event, Occurrence
from events.registrations import services
from events.registrations.enums import State
from events.registrations.models import Registration, Seat


def load_registrations(content: dict) -> None:
    for entry in content["registration"]:
        event = Event.objects.get(title=entry["event"])
        people: list[tuple[str, str, User | None]] = [
            (person.name, person.email, person) for person in _accounts(entry)
        ]
        people += [(name, _address(name), None) for name in content["names"][: entry["people"]]]
        needs = entry.get("needs", [])
        for position, (name, email, person) in enumerate(people):
            need = needs[position] if position < len(needs) else ""
            made = Registration(
                event=event, occurrence=_date(event, entry), name=name, email=email, person=person, access_needs=need
            )
            if entry.get("came"):
                _came(made)
            else:
                made.save()
                services.verify(registration=made)


def _accounts(entry: dict) -> list[User]:
    return list(User.objects.filter(email__in=entry["accounts"]).order_by("pk"))


def _date(event: Event, entry: dict) -> Occurrence | None:
    whole = entry.get("for_all") or entry.get("came")
    return None if whole else event.occurrences.order_by("starts_at").first()


def _came(registration: Registration) -> None:
    """Of an event that is over: it takes no registration any more."""
    registration.state, registration.queued_at = State.REGISTERED, registration.event.created_at
    registration.save()
    for occurrence in registration.event.occurrences.all():
        Seat.objects.create(registration=registration, occurrence=occurrence, address=registration.email, came=True)
        Occurrence.objects.filter(pk=occurrence.pk).update(taken=occurrence.seats.count())


def _address(name: str) -> str:
    return f"{slugify(name).replace('-', '.')}@participants.example"
