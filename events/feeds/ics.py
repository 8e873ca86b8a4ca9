"""Events as iCalendar (RFC 5545): what `icalendar` writes, told what we know.

The online link is never in it: who may have it gets it elsewhere.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vRecur
from icalendar import Event as Entry

from coexist.common.printable import printable

from ..models import Event, Occurrence
from .series import series_of
from .zones import described

PAST = timedelta(days=90)  # what was so long ago is left out
REFRESH = timedelta(hours=6)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(events: Iterable[Event], *, name: str, address: str = "") -> bytes:
    """Events whose organiser and occurrences are at hand, as one calendar in the site's own language."""
    now = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        entries = [entry for event in events for entry in entries_of(event, since=now - PAST)]
        return _calendar(entries, name=name, address=address)


def date_alone(event: Event, occurrence: Occurrence) -> bytes:
    """One date: what it stands for in the whole is kept, so that the whole may be taken later."""
    with translation.override(settings.LANGUAGE_CODE):
        entry = _entry(event, occurrence.starts_at, occurrence.ends_at, occurrence)
        if event.rule or event.added_dates:
            entry.add("recurrence-id", _moment(event, occurrence.planned_at))
        return _calendar([entry], name=event.title)


def entries_of(event: Event, *, since: datetime) -> list[Entry]:
    """The event, then each of its dates that differ."""
    series = series_of(event, event.occurrences.all(), since=since)
    if series is None:
        return []
    entry = _entry(event, series.start, series.end, series.only)
    if series.rule:
        entry.add("rrule", vRecur.from_ical(series.rule))
    for name, moments in (("rdate", series.added), ("exdate", series.left_out)):
        if moments:
            _add_moments(entry, name, event, moments)
    return [entry, *(_override(event, row) for row in series.different)]


def where(event: Event) -> str:
    town = f"{event.postcode} {event.city}".strip()
    return ", ".join(part for part in (event.place, event.address, town) if part)


def blank_calendar(method: str, *, name: str = "", address: str = "") -> Calendar:
    """`name` and `address` for a calendar that is read again from time to time."""
    calendar = Calendar()
    calendar.add("prodid", "-//CoExist//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", printable(name))
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    if address:
        calendar.add("url", address)
    return calendar


def _calendar(entries: list[Entry], *, name: str, address: str = "") -> bytes:
    calendar = blank_calendar("PUBLISH", name=name, address=address)
    for zone, years in _zones(entries).items():
        calendar.add_component(described(zone, *years))
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(event: Event, start: datetime, end: datetime, occurrence: Occurrence | None) -> Entry:
    """`occurrence` where the entry is about that date alone."""
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.updated_at)
    entry.add("created", event.created_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", _moment(event, start))
    if end > start:
        entry.add("dtend", _moment(event, end))
    entry.add("summary", printable(event.title))
    is_off = event.is_cancelled or (occurrence is not None and occurrence.is_cancelled)
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    address = occurrence.get_absolute_url() if occurrence is not None else event.get_absolute_url()
    entry.add("url", settings.SITE_URL + address)
    entry.add("description", _description(event, occurrence))
    entry.add("categories", [str(event.get_kind_display())])
    if where(event):
        entry.add("location", printable(where(event)))
    if event.position_is_chosen and event.latitude is not None and event.longitude is not None:
        entry.add("geo", (event.latitude, event.longitude))
    return entry


def _override(event: Event, row: Occurrence) -> Entry:
    entry = _entry(event, row.starts_at, row.ends_at, row)
    entry.add("recurrence-id", _moment(event, row.planned_at))
    return entry


def _description(event: Event, occurrence: Occurrence | None) -> str:
    parts = [
        event.cancelled_because if event.is_cancelled else "",
        occurrence.note if occurrence is not None else "",
        event.summary,
        event.description,
        _("En ligne : le lien est donné aux personnes inscrites.") if event.is_online else "",
        _("Organisé par %(actor)s") % {"actor": event.organiser.name},
        settings.SITE_URL + event.get_absolute_url(),
    ]
    return printable("\n\n".join(part.strip() for part in parts if part.strip()))


def _moment(event: Event, moment: datetime) -> date | datetime:
    """A day, or a time in the event's zone; UTC for the second of two times that the clocks show alike."""
    local = moment.astimezone(event.tz)
    if event.is_all_day:
        return local.date()
    return moment.astimezone(ZoneInfo("UTC")) if local.fold else local


def _add_moments(entry: Entry, name: str, event: Event, moments: list[datetime]) -> None:
    """One line for those of a zone: a list has one zone for all (RFC 5545, 3.3.5)."""
    written = [_moment(event, moment) for moment in moments]
    if event.is_all_day:
        entry.add(name, written, parameters={"VALUE": "DATE"})
        return
    for zone in dict.fromkeys(one.tzinfo for one in written if isinstance(one, datetime)):
        entry.add(name, [one for one in written if isinstance(one, datetime) and one.tzinfo == zone])


def _zones(entries: list[Entry]) -> dict[str, tuple[int, int]]:
    """The zones of these entries, with the first and the last year in which they are needed."""
    found: dict[str, tuple[int, int]] = {}
    last = timezone.now().year + 3  # a rule without an end goes on
    for entry in entries:
        for value in (entry.get("dtstart"), entry.get("recurrence-id")):
            moment = getattr(value, "dt", None)
            if not isinstance(moment, datetime) or str(moment.tzinfo) == "UTC":
                continue
            first, latest = found.get(str(moment.tzinfo), (moment.year - 1, last))
            found[str(moment.tzinfo)] = min(first, moment.year - 1), max(latest, moment.year + 1)
    return found
