"""The zones a calendar speaks of, as the agenda knows them: by name, by Outlook's name, or by what it says of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.conf import settings
from django.core.exceptions import ValidationError
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events.recurrence import checked_rule, zones

from ..problems import EventError
from .lines import Component

MOST_PARTS = 60  # changes of a zone that are looked at
_OFFSET = {"+": 1, "-": -1}
# Looked at first where several zones are as the calendar says: those of our members.
NEAR = ("Europe/Paris", "Europe/Zurich", "Europe/London", "UTC", "Africa/Dakar", "Africa/Tunis", "America/New_York")
_YEARS = range(2025, 2030)


class Zones:
    """Names to zones, within one calendar."""

    def __init__(self, described: Iterable[Component] = (), floating: str = "") -> None:
        self._described = {line.value.strip(): one for one in described if (line := one.first("TZID"))}
        self._found: dict[str, str] = {}
        # A time without a zone is that of who reads it (RFC 5545, 3.3.5): here, of the calendar, else of this site.
        self.floating = known(floating) or settings.TIME_ZONE

    def named(self, name: str, number: int) -> str:
        name = name.strip()
        if name not in self._found:
            found = known(name) or alike(self._described.get(name))
            if not found:
                raise EventError("zone", number, zone=name[:60])
            self._found[name] = found
        return self._found[name]


def known(name: str) -> str:
    """The zone of this name, of Outlook's, or of a name that ends in one (/mozilla.org/20050126_1/Europe/Paris)."""
    name = name.strip().strip('"')
    windows = WINDOWS_TO_OLSON.get(name)
    parts = [part for part in name.split("/") if part]
    ends = ["/".join(parts[place:]) for place in range(len(parts))]
    return next((one for one in (name, windows, *ends) if one in zones()), "")


def alike(described: Component | None) -> str:
    """A zone whose clocks are, in these years, what the calendar says; "" where none is."""
    if described is None or not 0 < len(described.parts) <= MOST_PARTS:
        return ""
    try:
        changes = sorted(change for part in described.parts for change in _changes(part))
    except (ValueError, LookupError, ValidationError, OverflowError):
        return ""
    wanted = tuple(_offset_at(changes, moment) for moment in _moments())
    candidates = (*NEAR, *sorted(name for name in zones() if "/" in name))
    return next((name for name in candidates if _offsets(name) == wanted), "") if None not in wanted else ""


def _changes(part: Component) -> list[tuple[datetime, timedelta]]:
    """(moment in UTC, offset from then on) of one STANDARD or DAYLIGHT."""
    start, rule = part.first("DTSTART"), part.first("RRULE")
    before, after = part.first("TZOFFSETFROM"), part.first("TZOFFSETTO")
    if start is None or before is None or after is None:
        raise ValueError("incomplete")
    starts = [_wall(start.value)]
    if rule is not None:
        checked = checked_rule(rule.value)
        if not checked.startswith("FREQ=YEARLY") and ";FREQ=YEARLY" not in checked:
            raise ValueError("a zone changes by the year")
        # From a year of ours on: Outlook begins in 1601.
        first = starts[0].replace(year=max(starts[0].year, _YEARS[0] - 2))
        if "BYDAY" in checked:
            first = first.replace(day=1)
        text = ";".join(piece for piece in checked.split(";") if not piece.startswith(("UNTIL=", "COUNT=")))
        last = _until(checked)
        found = rrulestr(text, dtstart=first).between(first, datetime(_YEARS[-1] + 1, 1, 1), inc=True)
        starts += [one for one in found if last is None or one <= last]
    starts += [_wall(text) for line in part.all("RDATE")[:MOST_PARTS] for text in line.value.split(",")[:MOST_PARTS]]
    return [((start - _offset(before.value)).replace(tzinfo=UTC), _offset(after.value)) for start in starts]


def _until(rule: str) -> datetime | None:
    found = next((piece[6:] for piece in rule.split(";") if piece.startswith("UNTIL=")), "")
    return _wall(f"{found[:8]}T235959") if found else None


def _wall(text: str) -> datetime:
    text = text.strip().rstrip("Zz")
    return datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")


def _offset(text: str) -> timedelta:
    text = text.strip()
    hours, minutes = int(text[1:3]), int(text[3:5])
    return _OFFSET[text[0]] * timedelta(hours=hours, minutes=minutes)


def _offset_at(changes: list[tuple[datetime, timedelta]], moment: datetime) -> timedelta | None:
    past = [offset for start, offset in changes if start <= moment]
    return past[-1] if past else None


@lru_cache(maxsize=1)
def _moments() -> tuple[datetime, ...]:
    """Enough to tell zones apart: each tenth day."""
    first, last = datetime(_YEARS[0], 1, 5, tzinfo=UTC), datetime(_YEARS[-1], 12, 31, tzinfo=UTC)
    return tuple(first + timedelta(days=10 * place) for place in range((last - first).days // 10))


@lru_cache(maxsize=700)
def _offsets(name: str) -> tuple[timedelta | None, ...]:
    zone = ZoneInfo(name)
    return tuple(moment.astimezone(zone).utcoffset() for moment in _moments())
