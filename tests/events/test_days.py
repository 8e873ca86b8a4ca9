"""The days that something takes, as people count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.days import last_day

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2027-11-12 20:00", "2027-11-12 22:00", 12),
        ("2027-11-12 20:00", "2027-11-13 02:00", 12),  # an evening that ends after midnight
        ("2027-11-12 20:00", "2027-11-13 08:00", 13),
        ("2027-11-12 10:00", "2027-11-14 18:00", 14),
        ("2027-11-12 00:00", "2027-11-12 23:59", 12),
        ("2027-10-30 21:00", "2027-10-31 08:30", 31),  # the clocks go back: twelve hours and a half pass
    ],
)
def test_an_evening_is_over_on_the_day_that_it_begins(start, end, last):
    begins, ends = (datetime.fromisoformat(moment).replace(tzinfo=PARIS) for moment in (start, end))

    assert last_day(begins, ends) == date(begins.year, begins.month, last)
