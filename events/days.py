"""Days and months as the site counts them, in its own time zone."""

from calendar import Calendar
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

MONDAY_FIRST = Calendar(firstweekday=0)
ONE_NIGHT = timedelta(hours=12)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of `day`, and that of the day after: 23 or 25 hours apart when the clocks change."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def last_day(start: datetime, end: datetime) -> date:
    """The last day that something takes, as its own zone counts: an evening is over on the day that it begins."""
    lasts = end.astimezone(UTC) - start.astimezone(UTC)
    return start.date() if lasts < ONE_NIGHT else end.date()


def weeks_of(month: date) -> list[list[date]]:
    """The weeks, from Monday, that hold a day of `month`."""
    return MONDAY_FIRST.monthdatescalendar(month.year, month.month)


def next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).astimezone(UTC)
