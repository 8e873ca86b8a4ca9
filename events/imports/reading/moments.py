"""Days and times as calendars write them (RFC 5545, 3.3.4 to 3.3.6): in UTC, in a zone, or in no zone at all."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..problems import EventError
from .lines import Line
from .zones import Zones

EARLIEST, LATEST = 1970, 2100
_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_CLOCK = r"(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})S)?)?"
_DURATION = re.compile(rf"\+?P(?:([0-9]{{1,4}})W|(?:([0-9]{{1,4}})D)?{_CLOCK})")


@dataclass(frozen=True)
class Moment:
    """`zone` is the one people read it in; a day is the midnight that begins it there."""

    at: datetime  # in UTC
    zone: str
    is_day: bool


def moments(line: Line, zones: Zones) -> list[Moment]:
    """Those of one line; of periods, their starts."""
    zone = zones.named(line.parameters["TZID"], line.number) if line.parameters.get("TZID") else zones.floating
    return [_moment(text.partition("/")[0], zone, line.number) for text in line.value.strip().split(",") if text]


def moment(line: Line, zones: Zones) -> Moment:
    found = moments(line, zones)
    if len(found) != 1:
        raise EventError("date", line.number, text=line.value[:40])
    return found[0]


def duration(line: Line) -> timedelta:
    found = _DURATION.fullmatch(line.value.strip().upper())
    if found is None or not any(found.groups()):
        raise EventError("duration", line.number, text=line.value[:40])
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _moment(text: str, zone: str, number: int) -> Moment:
    text = text.strip().upper()
    day = _DATE.fullmatch(text)
    if day is not None:
        return Moment(_in_utc(datetime.combine(_day(text, number), time.min), zone), zone, is_day=True)
    parts = _TIME.fullmatch(text)
    if parts is None:
        raise EventError("date", number, text=text[:40])
    try:
        hour = time(int(parts[2]), int(parts[3]), min(int(parts[4]), 59))  # a leap second has no other name here
    except ValueError as error:
        raise EventError("date", number, text=text[:40]) from error
    wall = datetime.combine(_day(parts[1], number), hour)
    return Moment(wall.replace(tzinfo=UTC) if parts[5] else _in_utc(wall, zone), zone, is_day=False)


def _day(text: str, number: int) -> date:
    try:
        found = datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise EventError("date", number, text=text[:40]) from error
    if not EARLIEST <= found.year <= LATEST:
        raise EventError("far", number, text=text[:40])
    return found


def _in_utc(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
