"""Dates that people registered for as iCalendar (RFC 5545, RFC 5546): in a mail, or to subscribe to.

METHOD:PUBLISH, without attendees: REQUEST would make calendars answer to an address that nobody reads. A later
PUBLISH with the same UID and RECURRENCE-ID and a higher SEQUENCE replaces the earlier. What is off goes as CANCEL,
on which Outlook, Thunderbird, Apple's and Google's calendars take it out. Each date is an event of its own, with the
RECURRENCE-ID that its reader got first, in UTC: no time zone has to be described.
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Event as Entry
from icalendar import vCalAddress, vText

from coexist.common.printable import printable

from ..feeds.ics import blank_calendar, where
from ..models import Occurrence
from .models import Seat

PUBLISH, CANCEL = "PUBLISH", "CANCEL"


def as_ics(seats: Iterable[Seat], method: str, *, name: str = "") -> str:
    """`name` for a calendar that is subscribed to."""
    calendar = blank_calendar(method, name=name)
    for seat in seats:
        calendar.add_component(_entry(seat, is_off=method == CANCEL))
    return calendar.to_ical().decode()


def _entry(seat: Seat, *, is_off: bool) -> Entry:
    occurrence, event = seat.occurrence, seat.occurrence.event
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", _moment(occurrence, occurrence.starts_at))
    entry.add("dtend", _moment(occurrence, occurrence.ends_at))
    if seat.known_as is not None:
        entry.add("recurrence-id", _moment(occurrence, seat.known_as))
    entry.add("summary", printable(event.title))
    entry.add("status", "CANCELLED" if is_off or occurrence.is_off else "CONFIRMED")
    entry.add("url", settings.SITE_URL + occurrence.get_absolute_url())
    if where(event) or event.online_url:
        entry.add("location", printable(where(event)) or event.online_url)
    told = "\n\n".join(part for part in (event.summary, occurrence.note, event.online_url) if part)
    if told:
        entry.add("description", printable(told))
    entry["organizer"] = _organiser(event.organiser.name)
    return entry


def _moment(occurrence: Occurrence, moment: datetime) -> object:
    event = occurrence.event
    return moment.astimezone(event.tz).date() if event.is_all_day else moment


def _organiser(name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = vText(name)
    return address
