"""Who may do what with registrations, and what takes them. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from actors.querysets import may_see_all
from actors.rules import can_write_for

from ..enums import BOOKED_HERE, Booking, EventKind
from ..models import Event, Occurrence

ONE_DATE = (Booking.EACH, Booking.EITHER)
ALL_DATES = (Booking.ALL, Booking.EITHER)


def takes_registrations(event: Event) -> bool:
    """By the event's settings, whatever its dates."""
    return event.booking in BOOKED_HERE and not event.is_cancelled


def takes_by_hand(event: Event) -> bool:
    """The organiser may add somebody, also past the last moment to register."""
    return takes_registrations(event) and event.is_public


def is_open(event: Event) -> bool:
    until = event.booking_until
    return takes_by_hand(event) and (until is None or until >= timezone.now())


def dates_to_take(event: Event) -> QuerySet[Occurrence]:
    """Those on which somebody may still come."""
    return event.occurrences.standing().to_come().order_by("starts_at", "pk")


def can_keep_list(user: Any, event: Event) -> bool:
    """Owners and editors of the organiser: names, who came, adding by hand."""
    return can_write_for(user, event.organiser)


def can_read_list(user: Any, event: Event) -> bool:
    return may_see_all(user, "registrations.view_registration") or can_keep_list(user, event)


def can_read_counts(user: Any, event: Event) -> bool:
    """Animators know how many, not who."""
    return may_see_all(user, "events.view_event") or can_read_list(user, event)


def gives_certificates(event: Event) -> bool:
    return event.kind == EventKind.TRAINING
