"""Days and months are those of Paris, on both sides of the hour that is lost or lived twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from actors.models import Actor
from coexist.statistics import counting, periods
from coexist.statistics.forms import PeriodForm
from coexist.statistics.periods import Period
from tests.statistics import rows

pytestmark = pytest.mark.django_db


def at(clock, *moment: int) -> None:
    clock.now = datetime(*moment, tzinfo=UTC)


def approved_at(*moment: int) -> None:
    actor = rows.approved()
    Actor.objects.filter(pk=actor.pk).update(approved_at=datetime(*moment, tzinfo=UTC))


def by_month(period: Period) -> list[int]:
    return list(counting.by_month(Actor.objects.approved(), "approved_at", period).values())


def test_a_month_ends_at_midnight_here_in_summer():
    approved_at(2026, 6, 30, 21, 59)  # 23:59 in Paris
    approved_at(2026, 6, 30, 22, 0)  # midnight of the first of July
    assert by_month(Period(date(2026, 6, 1), date(2026, 7, 31))) == [1, 1]


def test_a_month_ends_at_midnight_here_in_winter():
    approved_at(2026, 1, 31, 22, 59)
    approved_at(2026, 1, 31, 23, 0)
    assert by_month(Period(date(2026, 1, 1), date(2026, 2, 28))) == [1, 1]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_when_clocks_change_are_whole(day):
    period = Period(day, day)
    hours = (period.until.astimezone(UTC) - period.since.astimezone(UTC)) / timedelta(hours=1)
    assert hours == (23 if day.month == 3 else 25)
    for moment in (period.since, period.until - timedelta(minutes=1)):
        Actor.objects.filter(pk=rows.approved().pk).update(approved_at=moment)
    Actor.objects.filter(pk=rows.approved().pk).update(approved_at=period.until)
    assert Actor.objects.filter(period.holds("approved_at")).count() == 2


def test_the_previous_period_has_as_many_days_and_touches_this_one():
    period = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert period.previous == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert period.previous.until == period.since


def test_months_across_a_year():
    months = Period(date(2025, 11, 30), date(2026, 2, 1)).months
    assert months == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("now", "first"),
    [((2026, 11, 22), date(2024, 12, 1)), ((2026, 12, 31), date(2025, 1, 1)), ((2026, 1, 1), date(2024, 2, 1))],
)  # fmt: skip
def test_twenty_four_months_end_with_this_one(clock, now, first):
    at(clock, *now, 12)
    period = periods.last_months(24)
    assert period.start == first
    assert len(period.months) == 24


def test_after_eleven_in_the_evening_of_greenwich_it_is_next_year_here(clock):
    at(clock, 2026, 12, 31, 23, 30)
    assert periods.this_year() == Period(date(2027, 1, 1), date(2027, 1, 1))
    assert periods.last_year() == Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("now", "start"),
    [((2028, 2, 29), date(2027, 3, 1)), ((2027, 2, 28), date(2026, 3, 1)), ((2026, 7, 31), date(2025, 8, 1))],
)  # fmt: skip
def test_twelve_months_of_any_day(clock, now, start):
    at(clock, *now, 12)
    assert periods.twelve_months() == Period(start, date(*now))


def test_the_last_quarter_is_whole(clock):
    at(clock, 2026, 2, 10, 12)
    assert periods.last_quarter() == Period(date(2025, 10, 1), date(2025, 12, 31))


HOSTILE = [
    {"start": "2026-02-30", "end": "2026-03-01"},
    {"start": "2026-03-02", "end": "2026-03-01"},
    {"start": "0001-01-01", "end": "9999-12-31"},
    {"start": "2020-02-06", "end": "2026-03-01"},
    {"start": "2026-01-01"},
    {"end": "2026-01-01"},
    {"start": "\x00", "end": "' OR 1=1 --"},
    {"start": "2" * 5000, "end": "-1"},
    {"preset": "toujours"},
    {"start": "<script>", "end": "<script>", "preset": "<script>"},
]


@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_period_is_said_and_shows_the_usual_one(given):
    form = PeriodForm(given)
    assert form.period == periods.twelve_months()
    assert form.errors


def test_a_day_to_come_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "end" in PeriodForm({"start": "2026-01-01", "end": tomorrow.isoformat()}).errors


def test_two_days_are_taken_as_they_are():
    form = PeriodForm({"start": "2025-01-01", "end": "2025-01-31", "preset": "year"})
    assert form.period == Period(date(2025, 1, 1), date(2025, 1, 31))
    assert form.shown_preset == ""
