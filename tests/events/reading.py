"""Calendars read back by two parsers that have nothing in common, and expanded as a calendar program would."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import vobject

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, order=True)
class Taken:
    """A date that a calendar shows."""

    start: datetime
    end: datetime
    is_off: bool


def by_icalendar(content: bytes) -> dict[str, list[Taken]]:
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    entries = list(calendar.walk("VEVENT"))
    assert all(not entry.errors for entry in entries)
    masters = {str(one["uid"]): one for one in entries if "recurrence-id" not in one}
    overrides: dict[str, dict] = {uid: {} for uid in masters}
    for one in entries:
        if "recurrence-id" in one:
            overrides[str(one["uid"])][_utc(one["recurrence-id"].dt)] = one
    return {uid: sorted(_expanded(one, overrides[uid])) for uid, one in masters.items()}


def by_vobject(content: bytes) -> dict[str, list[Taken]]:
    """Rules, dates added and left out are worked out by vobject itself, from the zones of the feed."""
    calendar = vobject.readOne(content.decode())
    found: dict[str, list[Taken]] = {}
    overrides: dict[str, dict] = {}
    entries = list(calendar.vevent_list)
    for one in entries:
        if "recurrence-id" in one.contents:
            overrides.setdefault(one.uid.value, {})[_utc(one.recurrence_id.value)] = one
    for one in entries:
        if "recurrence-id" in one.contents:
            continue
        starts = list(_first(one.getrruleset(addRDate=True))) if _repeats(one) else [one.dtstart.value]
        length = _length(one.dtstart.value, one.dtend.value)
        changed = overrides.get(one.uid.value, {})
        taken = []
        for start in starts:
            if not isinstance(one.dtstart.value, datetime):
                start = start.date() if isinstance(start, datetime) else start
            other = changed.get(_utc(start))
            if other is None:
                is_off = one.status.value == "CANCELLED"
                taken.append(Taken(_utc(start), _utc(start + length), is_off))
            else:
                ends = _utc(other.dtend.value)
                taken.append(Taken(_utc(other.dtstart.value), ends, other.status.value == "CANCELLED"))
        found[one.uid.value] = sorted(taken)
    return found


def _repeats(entry) -> bool:
    return bool(entry.contents.keys() & {"rrule", "rdate"})


def _first(dates, most: int = 450):
    for place, one in enumerate(dates):
        if place == most:
            return
        yield one


def _expanded(entry, overrides: dict) -> list[Taken]:
    """By hand, in the wall-clock time of the entry's own zone (RFC 5545, 3.8.5)."""
    from dateutil.rrule import rruleset, rrulestr

    start, end = entry["dtstart"].dt, entry.get("dtend", entry["dtstart"]).dt
    rules = rruleset()
    rules.rdate(_wall(start, start))
    if "rrule" in entry:
        text = entry["rrule"].to_ical().decode()
        until = entry["rrule"].get("until", [None])[0]
        if isinstance(until, datetime):
            assert until.tzinfo is not None, "RFC 5545, 3.3.10: UTC beside a start with a zone"
            parts = [part for part in text.split(";") if not part.startswith("UNTIL")]
            text = ";".join([*parts, f"UNTIL={_wall(until, start):%Y%m%dT%H%M%S}"])
        rules.rrule(rrulestr(text, dtstart=_wall(start, start)))
    for name, add in (("rdate", rules.rdate), ("exdate", rules.exdate)):
        lists = entry.get(name, [])
        for one in lists if isinstance(lists, list) else [lists]:
            for moment in one.dts:
                add(_wall(moment.dt, start))
    found = []
    for wall in _first(rules):
        begins = wall.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else wall.date()
        other = overrides.get(_utc(begins), entry)
        if other is entry:
            taken = Taken(_utc(begins), _utc(begins + _length(start, end)), False)
        else:
            taken = Taken(_utc(other["dtstart"].dt), _utc(other["dtend"].dt), False)
        found.append(Taken(taken.start, taken.end, str(other["status"]) == "CANCELLED"))
    return found


def _wall(moment, start) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    zone = start.tzinfo if isinstance(start, datetime) else PARIS
    return moment.astimezone(zone).replace(tzinfo=None)


def _length(start, end) -> timedelta:
    """Hours that pass; days for days."""
    return _utc(end) - _utc(start) if isinstance(start, datetime) else end - start


def _utc(moment: date | datetime) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min, tzinfo=PARIS).astimezone(UTC)
    return moment.astimezone(UTC)
