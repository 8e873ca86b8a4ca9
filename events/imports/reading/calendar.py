"""A whole calendar: what can be read of it, and what cannot, line by line."""

from dataclasses import dataclass, field

from ..problems import CalendarError, EventError, Problem
from .entries import Entry, read_entry
from .lines import components
from .zones import Zones

MOST_EVENTS = 3_000
_HTML = (b"<!doctype", b"<html", b"<?xml", b"<head")


@dataclass
class Calendar:
    name: str
    series: list[Entry] = field(default_factory=list)
    of_dates: dict[str, list[Entry]] = field(default_factory=dict)  # by UID: what differs on one date
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # UIDs that are there, though they cannot be read


def sniffed(content: bytes) -> None:
    """Raises CalendarError for what is no calendar at all."""
    head = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not head:
        raise CalendarError("empty")
    if head.startswith(_HTML):
        raise CalendarError("web_page", 1)
    if not head.startswith(b"begin:vcalendar"):
        raise CalendarError("not_a_calendar", 1)


def read_calendar(content: bytes) -> Calendar:
    """Raises CalendarError where nothing can be made of it."""
    sniffed(content)
    root = components(content)
    events = [one for one in root.parts if one.name == "VEVENT"]
    if len(events) > MOST_EVENTS:
        raise CalendarError("too_many_events", events[MOST_EVENTS].number, most=MOST_EVENTS)
    zone, name = root.first("X-WR-TIMEZONE"), root.first("X-WR-CALNAME")
    zones = Zones((one for one in root.parts if one.name == "VTIMEZONE"), zone.value if zone else "")
    calendar = Calendar(name.value[:120] if name else "")
    newest: dict[tuple, Entry] = {}
    for one in events:
        try:
            entry = read_entry(one, zones)
        except EventError as error:
            calendar.problems.append(error.problem)
            uid = one.first("UID")
            calendar.unreadable.add(uid.value.strip() if uid else "")
            continue
        if entry.is_private:
            continue
        earlier = newest.get((entry.uid, entry.of_date))
        if earlier is None or entry.sequence >= earlier.sequence:
            newest[entry.uid, entry.of_date] = entry
    _sort(calendar, list(newest.values()))
    return calendar


def _sort(calendar: Calendar, entries: list[Entry]) -> None:
    """A date that differs belongs to its series; where that is not in the calendar, it stands alone."""
    whole = {entry.uid for entry in entries if entry.of_date is None}
    for entry in entries:
        if entry.of_date is None or entry.uid not in whole:
            calendar.series.append(entry)
        else:
            calendar.of_dates.setdefault(entry.uid, []).append(entry)
