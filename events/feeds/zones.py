"""Time zones as calendars are told of them: by a yearly rule where there is one, else change by change.

`icalendar` writes lists of dates here, which a good part of calendar programs do not read.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from ..recurrence import WEEKDAYS

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """When the clocks go from one offset to another; `wall` is what they show at that moment, before the change."""

    wall: datetime
    before: timedelta
    after: timedelta
    is_daylight: bool
    name: str


@lru_cache(maxsize=64)
def described(name: str, first: int, last: int) -> Timezone:
    """The zone as it is from the year `first` to the year `last`, and later on if it keeps to its rule."""
    zone, start = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", name)
    offset = _offset(zone, start)
    timezone.add_component(_part(Change(start.replace(tzinfo=None), offset, offset, *_kind(zone, start))))
    changes = _changes(zone, start, datetime(last + 1, 1, 1, tzinfo=UTC))
    for alike in (_grouped(changes)).values():
        rule = _rule(alike) if len(alike) == last - first + 1 else ""
        for change in alike[:1] if rule else alike:
            timezone.add_component(_part(change, rule))
    return timezone


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> list[Change]:
    found = []
    while start < end:
        if _offset(zone, start) != _offset(zone, start + _DAY):
            moment = _moment_of_change(zone, start)
            before, after = _offset(zone, moment - _MINUTE), _offset(zone, moment)
            found.append(Change((moment + before).replace(tzinfo=None), before, after, *_kind(zone, moment)))
        start += _DAY
    return found


def _moment_of_change(zone: ZoneInfo, start: datetime) -> datetime:
    low, high = 0, _DAY // _MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, start + middle * _MINUTE) == _offset(zone, start):
            low = middle
        else:
            high = middle
    return start + high * _MINUTE


def _grouped(changes: list[Change]) -> dict[tuple, list[Change]]:
    groups: dict[tuple, list[Change]] = {}
    for change in changes:
        groups.setdefault((change.before, change.after, change.wall.month, change.wall.time()), []).append(change)
    return groups


def _rule(changes: list[Change]) -> str:
    """The nth weekday of a month, or the last; "" where these are on no such day."""
    weekdays = {change.wall.weekday() for change in changes}
    years = {change.wall.year for change in changes}
    if len(weekdays) > 1 or len(years) < len(changes):
        return ""
    first = changes[0].wall
    places = {(change.wall.day - 1) // 7 + 1 for change in changes}
    if all((change.wall + 7 * _DAY).month != first.month for change in changes):
        places = {-1}
    if len(places) > 1:
        return ""
    return f"FREQ=YEARLY;BYMONTH={first.month};BYDAY={places.pop()}{WEEKDAYS[weekdays.pop()]}"


def _part(change: Change, rule: str = "") -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    part.add("dtstart", change.wall)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    return part


def _kind(zone: ZoneInfo, moment: datetime) -> tuple[bool, str]:
    local = moment.astimezone(zone)
    return bool(local.dst()), local.tzname() or zone.key


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
