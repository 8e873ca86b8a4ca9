"""Registering, confirming, giving back. Each locks the event first: no place is ever given twice."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from actors.rules import has_verified_email

from ..models import Event, Occurrence
from . import places, rules, telling
from .enums import LIVE, State
from .errors import AlreadyRegisteredError, RegistrationError
from .models import Registration, Seat


@transaction.atomic
def register(
    *, event: Event, occurrence: Occurrence | None, name: str, email: str, access_needs: str, person: User | None
) -> Registration:
    """At once with a verified account; else the address is written to, and nothing is taken before its answer.

    Raises RegistrationError; for an address without an account, never one that says whether it is known.
    """
    registration = Registration(
        event=event, occurrence=occurrence, name=name, email=email.lower(), access_needs=access_needs, person=person
    )
    if person is not None and has_verified_email(person):
        return _enter(registration)
    _dates(registration)
    return _ask_the_address(registration)


@transaction.atomic
def verify(*, registration: Registration) -> Registration:
    """The holder of the address wants it: a place, or one on the waiting list. A second time changes nothing."""
    event = places.locked(registration.event)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.state != State.UNVERIFIED:
        return registration
    registration.event = event
    return _enter(registration)


@transaction.atomic
def add_by_hand(
    *, event: Event, occurrence: Occurrence | None, name: str, email: str, access_needs: str, acting_user: User
) -> Registration:
    """By the organiser, also once registrations are closed, but never above the number of places."""
    registration = Registration(
        event=event, occurrence=occurrence, name=name, email=email.lower(), access_needs=access_needs, is_by_hand=True
    )
    return _enter(registration)


@transaction.atomic
def take_offer(*, registration: Registration) -> bool:
    """Who was promoted takes the place; False where the time is over."""
    event = places.locked(registration.event)
    places.settle(event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if not row.offer_stands or not row.seats.standing().to_come().exists():
        return row.is_registered
    row.event, row.state, row.confirm_before = event, State.REGISTERED, None
    row.save(update_fields=["state", "confirm_before"])
    telling.registered(row)
    return True


@transaction.atomic
def cancel(*, registration: Registration) -> bool:
    """The place goes to the next one; False where it was given back already."""
    event = places.locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state not in LIVE:
        return False
    row.event = event
    had_place = row.is_registered
    places.end(row, State.CANCELLED)
    telling.cancelled(row, had_place=had_place)
    places.settle(event)
    return True


@transaction.atomic
def mark_attendance(*, occurrence: Occurrence, listed: Iterable[int], came: Iterable[int], acting_user: User) -> int:
    """Of the seats on the page, who came; how many."""
    present = set(came)
    seats = Seat.objects.filter(occurrence=occurrence, pk__in=list(listed)).holding()
    seats.filter(pk__in=present).update(came=True)
    seats.exclude(pk__in=present).update(came=False)
    return seats.filter(came=True).count()


def _enter(registration: Registration) -> Registration:
    """A place on each date where all have one free; else the end of the waiting list."""
    event = registration.event = places.locked(registration.event)
    dates = _dates(registration)
    places.settle(event)
    if registration.email and Seat.objects.filter(occurrence__in=dates, address=registration.email).exists():
        raise AlreadyRegisteredError(_("Cette adresse est déjà inscrite, ou en liste d'attente."))
    is_free = places.has_room(event, dates)
    registration.state = State.REGISTERED if is_free else State.WAITING
    registration.queued_at = timezone.now()
    registration.save()
    places.sit(registration, dates)
    places.count(event)
    if is_free:
        telling.registered(registration)
    else:
        telling.waiting(registration)
    return registration


def _dates(registration: Registration) -> list[Occurrence]:
    """What it takes, as things are now. Raises RegistrationError."""
    event, occurrence = registration.event, registration.occurrence
    is_taken = rules.takes_by_hand(event) if registration.is_by_hand else rules.is_open(event)
    wanted = rules.ALL_DATES if occurrence is None else rules.ONE_DATE
    if not is_taken or event.booking not in wanted:
        raise RegistrationError(_("Les inscriptions sont closes."))
    dates = rules.dates_to_take(event)
    found = list(dates if occurrence is None else dates.filter(pk=occurrence.pk))
    if not found:
        raise RegistrationError(_("Cette date est annulée ou passée : on ne s'y inscrit plus."))
    return found


def _ask_the_address(registration: Registration) -> Registration:
    """One row for what one address asks, however often; the mail says what stands."""
    asked = Registration.objects.filter(
        event=registration.event, occurrence=registration.occurrence, email=registration.email, state=State.UNVERIFIED
    )
    earlier = asked.select_for_update().first()
    if earlier is not None:
        registration.pk, registration._state.adding = earlier.pk, False
    registration.save()
    telling.ask_to_verify(registration)
    return registration
