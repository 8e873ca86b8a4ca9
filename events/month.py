"""A month as a grid of days."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from .days import day_bounds, next_month, previous_month, weeks_of
from .models import Occurrence
from .querysets import OccurrenceQuerySet

SHOWN = 4  # events of a day; its page has them all
MOST = 5_000  # dates read for one month


@dataclass(frozen=True)
class Day:
    date: date
    is_in_month: bool
    is_today: bool
    shown: list[Occurrence] = field(default_factory=list)
    number: int = 0

    @property
    def more(self) -> int:
        return self.number - len(self.shown)


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day]]
    is_cut: bool

    @property
    def previous(self) -> date:
        return previous_month(self.first)

    @property
    def next(self) -> date:
        return next_month(self.first)


def month_of(first: date, occurrences: OccurrenceQuerySet) -> Month:
    """The weeks of a month with what takes place each day, what is off included and said so. One query."""
    weeks = weeks_of(first)
    start, end = day_bounds(weeks[0][0])[0], day_bounds(weeks[-1][-1])[1]
    rows = list(occurrences.between(start, end).order_by("starts_at", "pk")[: MOST + 1])
    by_day: dict[date, list[Occurrence]] = defaultdict(list)
    for row in rows[:MOST]:
        for day in _days(row, weeks[0][0], weeks[-1][-1]):
            by_day[day].append(row)
    today = timezone.localdate()
    return Month(first, [[_day(day, first, today, by_day[day]) for day in week] for week in weeks], len(rows) > MOST)


def _day(day: date, month: date, today: date, rows: list[Occurrence]) -> Day:
    return Day(day, day.month == month.month, day == today, rows[:SHOWN], len(rows))


def _days(row: Occurrence, first: date, last: date) -> list[date]:
    """Each day that it takes, between `first` and `last`."""
    begins, ends = max(row.first_day, first), min(row.last_day, last)
    return [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]
