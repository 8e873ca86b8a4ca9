"""One event as calendars count it: a first date, a rule, what is added and left out, what differs on one date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils import timezone

from ..models import Event, Occurrence
from ..recurrence import HORIZON, MOST_DATES, dates, end_of, first_is_of_rule, has_no_end, last_moment, without_end


@dataclass
class Series:
    """Moments are in UTC. Expanded from its first row to its last, it gives the rows it was made of, and no others."""

    start: datetime
    end: datetime
    only: Occurrence | None = None  # the one date of an event that does not repeat
    rule: str = ""
    added: list[datetime] = field(default_factory=list)
    left_out: list[datetime] = field(default_factory=list)
    different: list[Occurrence] = field(default_factory=list)


def series_of(event: Event, rows: Iterable[Occurrence], *, since: datetime) -> Series | None:
    """The event's dates from `since` on; None where it has none.

    The rows are what holds: dates that the rule has and they have not are left out, dates that only they have are
    added. Of an event that was put off, what took place before its new first date is left aside: it is over, and
    calendars want nothing before the first date.
    """
    rows = sorted((row for row in rows if row.ends_at >= since), key=lambda row: row.planned_at)
    kept = [row for row in rows if row.planned_at >= event.starts_at] or rows[-1:]
    if not kept:
        return None
    if len(kept) == 1 and not event.rule and not event.added_dates:
        return Series(kept[0].starts_at, kept[0].ends_at, only=kept[0])
    by_start = {row.planned_at: row for row in kept}
    series = Series(event.starts_at, _end(event, event.starts_at))
    by_rule = _follow_rule(series, event, last=kept[-1].planned_at)
    gone = (start for start in by_rule if start not in by_start and _end(event, start) >= since)
    series.left_out = sorted(start for start in gone if start <= kept[-1].planned_at)
    series.added = sorted(by_start.keys() - by_rule)
    series.different = [row for row in kept if _differs(event, row)]
    return series


def _follow_rule(series: Series, event: Event, *, last: datetime) -> set[datetime]:
    """Give the series the event's rule, ended where our dates end; the dates that it will have by it.

    Calendars do not agree on a first date that the rule itself has not: then each date is named.
    """
    if not event.rule or not first_is_of_rule(event.starts_at, event.zone, event.rule):
        return {event.starts_at}
    endless = has_no_end(event.rule)
    now = timezone.now()
    found = dates(event.starts_at, event.zone, event.rule, now=now if endless else now + HORIZON)
    is_cut = len(found) == MOST_DATES or (not endless and found[-1] > last)
    until = max((start for start in found if start <= last), default=last) if is_cut else None
    series.rule = _ended(event, until or last_moment(event.rule, event.tz))
    return set(found)


def _ended(event: Event, until: datetime | None) -> str:
    """The rule with its end in the form of its first date: a day, or a moment in UTC (RFC 5545, 3.3.10)."""
    if until is None:
        return event.rule
    end = f"{until.astimezone(event.tz):%Y%m%d}" if event.is_all_day else f"{until.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{without_end(event.rule)};UNTIL={end}"


def _differs(event: Event, row: Occurrence) -> bool:
    as_planned = row.planned_at, _end(event, row.planned_at)
    return row.is_cancelled or bool(row.note) or (row.starts_at, row.ends_at) != as_planned


def _end(event: Event, start: datetime) -> datetime:
    return end_of(start, event.duration, event.zone, in_days=event.is_all_day)
