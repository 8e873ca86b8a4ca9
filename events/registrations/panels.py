"""What an event's page shows of registrations: how to register, one's own, and for its organiser how many."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from coexist.common.panels import SHOWN, Panel, register_panel

from ..enums import BOOKED_HERE
from ..models import Event, Occurrence
from . import links, rules
from .enums import State
from .models import Registration


@dataclass(frozen=True)
class OwnRegistration:
    registration: Registration
    give_back_url: str
    take_url: str


@dataclass(frozen=True)
class BookingRow:
    """The one row of the panel beside the event."""

    event: Event
    mine: list[OwnRegistration]
    is_open: bool
    is_full: bool

    @property
    def shows_link(self) -> bool:
        """Where people meet online is for who has a place."""
        return bool(self.event.online_url) and any(own.registration.is_registered for own in self.mine)


def _booking(event: Event, user: Any) -> list[BookingRow]:
    if not rules.takes_registrations(event):
        return []
    mine = _own(event, user)
    dates = _left_for(event, [own.registration for own in mine])
    for row in dates:
        row.event = event
    if not dates and not mine:
        return []
    full = [row.places_left == 0 for row in dates]
    is_full = any(full) if event.booking not in rules.ONE_DATE else bool(full) and all(full)
    return [BookingRow(event, mine, bool(dates), is_full)]


def _left_for(event: Event, mine: list[Registration]) -> list[Occurrence]:
    """Dates that one may still take."""
    if not rules.is_open(event) or any(own.is_for_all for own in mine):
        return []
    if mine and event.booking not in rules.ONE_DATE:
        return []
    taken = {own.occurrence_id for own in mine}
    return [row for row in rules.dates_to_take(event) if row.pk not in taken]


def _own(event: Event, user: Any) -> list[OwnRegistration]:
    own = Registration.objects.of_person(user).live().filter(event=event).select_related("occurrence")
    shown = []
    for row in own.order_by("occurrence__starts_at", "pk")[:SHOWN]:
        row.event = event
        if row.occurrence is not None:
            row.occurrence.event = event
        take = links.path_for(row, links.TAKE) if row.offer_stands else ""
        shown.append(OwnRegistration(row, links.path_for(row, links.GIVE_BACK), take))
    return shown


def _numbers(event: Event, user: Any) -> Any:
    """Its next dates, with how many come and wait, for who may know."""
    if event.booking not in BOOKED_HERE or not user.is_authenticated or not rules.can_read_counts(user, event):
        return Occurrence.objects.none()
    waiting = Count("seats", filter=Q(seats__registration__state=State.WAITING))
    found = list(event.occurrences.to_come().annotate(waiting=waiting).order_by("starts_at", "pk")[:SHOWN])
    for row in found:
        row.event = event
    return found


register_panel(Panel("event-booking", _("Inscription"), "registrations/_booking_panel.html", _booking))
register_panel(Panel("event", _("Inscriptions"), "registrations/_numbers_panel.html", _numbers))
