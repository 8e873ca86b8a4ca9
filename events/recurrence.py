"""When an event takes place: its dates, worked out from the first one, a rule and what is added or left out.

A rule is an RRULE of RFC 5545. It counts in the wall-clock time of the event's own zone: what is at six in the
evening stays at six when the clocks change. A time that the clocks leave out is read with the offset from before the
gap, one that comes twice is the first of the two (RFC 5545, 3.3.5).
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rruleset, rrulestr
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .enums import Repeat

MOST_DATES = 400
HORIZON = timedelta(days=2 * 366)  # a rule without an end is worked out so far ahead
_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
# What a part may be. The bounds keep out rules that never come true, on which a search for dates would not end.
PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]?",
    "COUNT": "[1-9][0-9]{0,2}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z?)?",
    "BYDAY": f"([+-]?[1-5])?{_DAY}(,([+-]?[1-5])?{_DAY})*",
    "BYMONTHDAY": "-?(3[01]|[12][0-9]|[1-9])(,-?(3[01]|[12][0-9]|[1-9]))*",
    "BYMONTH": "(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*",
    "BYSETPOS": "[+-]?[1-5](,[+-]?[1-5])*",
    "WKST": _DAY,
}
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIFTH_IS_LAST = 4
LONGEST_RULE = 300


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def checked_rule(text: str) -> str:
    """An RRULE that this agenda can follow, in capitals; "" for none. Raises ValidationError."""
    rule = text.strip().upper().removeprefix("RRULE:").strip(";")
    if not rule:
        return ""
    parts = _parts(rule[:LONGEST_RULE])
    known = len(rule) <= LONGEST_RULE and all(
        name in PARTS and re.fullmatch(PARTS[name], value, re.ASCII) for name, value in parts.items()
    )
    if not known or "FREQ" not in parts or not _comes_true(parts):
        raise ValidationError(_("Cette répétition n'est pas comprise : %(rule)s"), params={"rule": rule[:80]})
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValidationError(_("Une répétition a un nombre de fois ou une fin, pas les deux."))
    if "UNTIL" in parts:
        try:
            _in_local_time(rule, ZoneInfo("UTC"))
            datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").replace(tzinfo=UTC)
        except ValueError as error:
            raise ValidationError(_("La fin de la répétition n'est pas une date.")) from error
    return rule


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.split(";")) if rule else {}


def _comes_true(parts: dict[str, str]) -> bool:
    if "BYSETPOS" in parts and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        return False
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        days = [abs(int(day)) for day in parts["BYMONTHDAY"].split(",")]
        return any(min(days) <= LENGTHS[int(month) - 1] for month in parts["BYMONTH"].split(","))
    return True


def rule_of(repeat: str, first: datetime, *, until: datetime | None = None, count: int | None = None) -> str:
    """The RRULE of one of the form's rhythms; `first` in the event's own zone, `until` with the last day's end."""
    place = (first.day - 1) // 7
    nth = -1 if place == FIFTH_IS_LAST else place + 1
    rhythms = {
        Repeat.NEVER: "",
        Repeat.DAILY: "FREQ=DAILY",
        Repeat.WEEKLY: "FREQ=WEEKLY",
        Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        Repeat.MONTHLY_DAY: "FREQ=MONTHLY",
        Repeat.MONTHLY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={nth}{WEEKDAYS[first.weekday()]}",
        Repeat.YEARLY: "FREQ=YEARLY",
    }
    rhythm = rhythms[Repeat(repeat)]
    if not rhythm:
        return ""
    if count:
        return f"{rhythm};COUNT={count}"
    return f"{rhythm};UNTIL={until.astimezone(UTC):%Y%m%dT%H%M%SZ}" if until else rhythm


def repeat_of(rule: str) -> str | None:
    """The form's rhythm behind a rule; None where the form has no such rhythm (an imported event)."""
    parts = _parts(rule)
    rest = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL", "WKST")}
    if not rest:
        return Repeat.NEVER
    match rest:
        case {"FREQ": "WEEKLY", "INTERVAL": "2", **others} if not others:
            return Repeat.FORTNIGHTLY
        case {"FREQ": "MONTHLY", "BYDAY": _day, **others} if not others:
            return Repeat.MONTHLY_WEEKDAY
        case {"FREQ": "MONTHLY", **others} if not others:
            return Repeat.MONTHLY_DAY
        case {"FREQ": ("DAILY" | "WEEKLY" | "YEARLY") as frequency, **others} if not others:
            return Repeat(frequency)
    return None


def dates(
    first: datetime,
    zone: str,
    rule: str = "",
    *,
    added: Iterable[datetime] = (),
    left_out: Iterable[datetime] = (),
    now: datetime | None = None,
) -> list[datetime]:
    """Starts of every occurrence, in order, MOST_DATES at most; aware, in UTC. The first one stands unless left out."""
    place = ZoneInfo(zone)
    wall = _wall(first, place)
    found = rruleset()
    found.rdate(wall)
    if rule:
        found.rrule(rrulestr(_in_local_time(rule, place), dtstart=wall))  # type: ignore[arg-type]
    for one in added:
        found.rdate(_wall(one, place))
    for one in left_out:
        found.exdate(_wall(one, place))
    last = max(now or first, first) + HORIZON
    starts: list[datetime] = []
    for one in found:
        start = one.replace(tzinfo=place).astimezone(UTC)
        if start > last or len(starts) == MOST_DATES:
            break
        starts.append(start)
    return starts


def has_no_end(rule: str) -> bool:
    return bool(rule) and "COUNT=" not in rule and "UNTIL=" not in rule


def without_end(rule: str) -> str:
    return ";".join(part for part in rule.split(";") if not part.startswith(("COUNT=", "UNTIL=")))


def last_moment(rule: str, place: ZoneInfo) -> datetime | None:
    """The rule's UNTIL, in UTC; a day stands for its last second."""
    value = _parts(_in_local_time(rule, place)).get("UNTIL")
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=place).astimezone(UTC) if value else None


def first_is_of_rule(first: datetime, zone: str, rule: str) -> bool:
    """Whether the rule alone would have this first date."""
    place = ZoneInfo(zone)
    wall = _wall(first, place)
    return next(iter(rrulestr(_in_local_time(rule, place), dtstart=wall)), None) == wall


def end_of(start: datetime, duration: timedelta, zone: str, *, in_days: bool) -> datetime:
    """Where an occurrence ends: so long after, or for all-day events so many days later on the calendar."""
    if not in_days:
        return start + duration
    place = ZoneInfo(zone)
    return (_wall(start, place) + duration).replace(tzinfo=place).astimezone(UTC)


def _wall(moment: datetime, place: ZoneInfo) -> datetime:
    return moment.astimezone(place).replace(tzinfo=None)


def _in_local_time(rule: str, place: ZoneInfo) -> str:
    """The rule with its UNTIL in wall-clock time, as dateutil wants it beside a wall-clock start."""
    parts = []
    for part in rule.split(";"):
        name, _equals, value = part.partition("=")
        if name == "UNTIL" and value.endswith("Z"):
            moment = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            value = f"{_wall(moment, place):%Y%m%dT%H%M%S}"
        elif name == "UNTIL" and "T" not in value:
            value = f"{value}T235959"
        parts.append(f"{name}={value}")
    return ";".join(parts)
