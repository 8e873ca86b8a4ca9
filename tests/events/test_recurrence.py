"""When a repeated event takes place, across the changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from events.enums import Repeat
from events.recurrence import HORIZON, MOST_DATES, checked_rule, dates, end_of, repeat_of, rule_of

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")


def at(*parts: int, zone: ZoneInfo = PARIS) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)


def test_a_weekly_evening_stays_at_six_across_both_changes_of_the_clocks():
    autumn = dates(at(2026, 10, 20, 18), "Europe/Paris", "FREQ=WEEKLY;COUNT=3")
    spring = dates(at(2027, 3, 23, 18), "Europe/Paris", "FREQ=WEEKLY;COUNT=2")

    assert autumn == [at(2026, 10, 20, 18), at(2026, 10, 27, 18), at(2026, 11, 3, 18)]
    assert autumn[1] - autumn[0] == timedelta(days=7, hours=1)
    assert spring[1] - spring[0] == timedelta(days=6, hours=23)


def test_a_time_that_the_clocks_leave_out_and_one_that_comes_twice():
    left_out = dates(at(2027, 3, 27, 2, 30), "Europe/Paris", "FREQ=DAILY;COUNT=3")
    twice = dates(at(2026, 10, 24, 2, 30), "Europe/Paris", "FREQ=DAILY;COUNT=3")

    assert [f"{one.astimezone(PARIS):%d %H:%M}" for one in left_out] == ["27 02:30", "28 03:30", "29 02:30"]
    assert [one - twice[0] for one in twice] == [timedelta(0), timedelta(days=1), timedelta(days=2, hours=1)]


def test_each_zone_changes_its_clocks_on_its_own_days():
    found = dates(at(2026, 10, 27, 18, zone=NEW_YORK), "America/New_York", "FREQ=WEEKLY;COUNT=2")

    assert found[1] - found[0] == timedelta(days=7, hours=1)  # 1 November there, 25 October here


def test_an_all_day_event_of_the_day_on_which_the_clocks_change_is_as_long_as_that_day():
    start = at(2026, 10, 25)

    assert end_of(start, timedelta(days=1), "Europe/Paris", in_days=True) - start == timedelta(hours=25)


def test_the_last_day_of_a_repetition_counts_in_the_zone_of_the_event():
    until = datetime(2026, 11, 10, 23, 59, 59, tzinfo=PARIS)
    rule = rule_of(Repeat.WEEKLY, datetime(2026, 10, 27, 23, 30, tzinfo=PARIS), until=until)

    assert len(dates(at(2026, 10, 27, 23, 30), "Europe/Paris", rule)) == 3


@pytest.mark.parametrize(
    ("first", "repeat", "rule"),
    [
        ((2026, 11, 24), Repeat.MONTHLY_WEEKDAY, "FREQ=MONTHLY;BYDAY=4TU"),
        ((2026, 11, 30), Repeat.MONTHLY_WEEKDAY, "FREQ=MONTHLY;BYDAY=-1MO"),
        ((2026, 11, 24), Repeat.FORTNIGHTLY, "FREQ=WEEKLY;INTERVAL=2"),
        ((2026, 11, 24), Repeat.NEVER, ""),
    ],
)
def test_the_rhythms_of_the_form_are_rules_and_back(first, repeat, rule):
    assert rule_of(repeat, datetime(*first, 18, tzinfo=PARIS)) == rule
    assert repeat_of(rule) == repeat


def test_a_rule_that_the_form_does_not_offer_is_told_apart():
    assert repeat_of("FREQ=WEEKLY;BYDAY=MO,WE") is None


def test_dates_are_added_and_left_out():
    found = dates(
        at(2026, 11, 3, 18), "Europe/Paris", "FREQ=WEEKLY;COUNT=3",
        added=[at(2026, 12, 1, 20)], left_out=[at(2026, 11, 10, 18)],
    )  # fmt: skip

    assert found == [at(2026, 11, 3, 18), at(2026, 11, 17, 18), at(2026, 12, 1, 20)]


def test_a_repetition_without_an_end_stops_at_the_horizon():
    first = at(2026, 11, 3, 18)
    found = dates(first, "Europe/Paris", "FREQ=WEEKLY", now=first)

    assert found[-1] <= first + HORIZON < found[-1] + timedelta(days=8)
    assert len(dates(first, "Europe/Paris", "FREQ=DAILY", now=first)) == MOST_DATES


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "COUNT=3", "FREQ=DAILY;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;UNTIL=20269999", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY\nEXDATE:1",
        "FREQ=DAILY;" * 200, "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=١MO",
    ],
)  # fmt: skip
def test_rules_that_cannot_be_followed_are_refused(rule):
    with pytest.raises(ValidationError):
        checked_rule(rule)


def test_a_rule_is_kept_in_one_way_of_writing():
    assert checked_rule(" rrule:freq=weekly;byday=mo; ") == "FREQ=WEEKLY;BYDAY=MO"
