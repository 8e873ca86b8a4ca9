"""What calendars of other programs say, and what is wrong with them, line by line."""

import time
from datetime import UTC, datetime

import pytest

from events.imports.problems import CalendarError
from events.imports.reading import read_calendar
from events.imports.reading.lines import MOST_LINES
from tests.event_imports.sites import calendar, event

EVENING = datetime(2027, 3, 16, 17, 0, tzinfo=UTC)
OUTLOOK = """
BEGIN:VTIMEZONE
TZID:Heure de chez nous
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def only(*events: str, before: str = ""):
    found = read_calendar(calendar(*events, before=before))
    assert [problem.sentence for problem in found.problems] == []
    (entry,) = found.series
    return entry


def problem(*events: str, before: str = "") -> tuple[str, int | None]:
    (found,) = read_calendar(calendar(*events, before=before)).problems
    assert found.sentence
    return found.code, found.line


@pytest.mark.parametrize(
    ("start", "before", "zone"),
    [
        ("TZID=Europe/Paris:20270316T180000", "", "Europe/Paris"),
        ("TZID=Romance Standard Time:20270316T180000", "", "Europe/Paris"),
        ('TZID="W. Europe Standard Time":20270316T180000', "", "Europe/Berlin"),
        ("TZID=/mozilla.org/20050126_1/Europe/Zurich:20270316T180000", "", "Europe/Zurich"),
        ("TZID=Heure de chez nous:20270316T180000", OUTLOOK, "Europe/Paris"),
        ("20270316T170000Z", "", "Europe/Paris"),
        ("20270316T180000", "", "Europe/Paris"),
        ("20270316T120000", "X-WR-TIMEZONE:America/Lima", "America/Lima"),
    ],
)
def test_one_evening_in_the_words_of_many_programs(start, before, zone):
    entry = only(event(DTSTART=start, DTEND="", DURATION="PT2H"), before=before)

    assert (entry.start.at, entry.start.zone) == (EVENING, zone)
    assert entry.end == datetime(2027, 3, 16, 19, 0, tzinfo=UTC)


def test_a_zone_that_changes_with_the_seasons_does_so_here():
    summer = only(event(DTSTART="TZID=Heure de chez nous:20270716T180000", DTEND=""), before=OUTLOOK)

    assert summer.start.at == datetime(2027, 7, 16, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ({"DTSTART": "VALUE=DATE:20270327", "DTEND": "VALUE=DATE:20270329"}, 2),
        ({"DTSTART": "VALUE=DATE:20270327", "DTEND": ""}, 1),
        ({"DTSTART": "VALUE=DATE:20270327", "DTEND": "VALUE=DATE:20270327"}, 1),
        ({"DTSTART": "VALUE=DATE:20270327", "DTEND": "", "DURATION": "P3D"}, 3),
    ],
)
def test_whole_days_are_counted_on_the_calendar(lines, days):
    entry = only(event(**lines))

    assert entry.start.is_day
    assert entry.start.at == datetime(2027, 3, 26, 23, 0, tzinfo=UTC)
    assert entry.end == datetime(2027, 3, 27 + days - 1, 22 if days > 1 else 23, 0, tzinfo=UTC)


def test_a_rule_with_what_is_added_and_left_out():
    entry = only(
        event(
            RRULE="FREQ=WEEKLY;COUNT=4", EXDATE="TZID=Europe/Paris:20270323T180000,20270330T180000",
            RDATE="20270501T160000Z|VALUE=PERIOD:20270502T160000Z/PT2H",
        )
    )  # fmt: skip

    assert entry.rule == "FREQ=WEEKLY;COUNT=4"
    assert [f"{one:%d %H}" for one in entry.left_out] == ["23 17", "30 16"]
    assert [f"{one:%d/%m %H}" for one in entry.added] == ["01/05 16", "02/05 16"]


def test_texts_are_unfolded_unescaped_and_freed_of_html():
    entry = only(
        event(
            SUMMARY="L'eau\\; un\r\n  bien\\, commun", DESCRIPTION="<p>Un film</p><script>x()</script><b>gratuit</b>",
            URL="https://cine.example/film", LOCATION="MJC Centre\\, 3 rue du Salève\\, 74100 Annemasse\\, France",
            GEO="46.19;6.24",
        )
    )  # fmt: skip

    assert entry.title == "L'eau; un bien, commun"
    assert entry.description == "Un film\ngratuit\n\nhttps://cine.example/film"
    place = entry.place
    assert (place["place"], place["address"], place["postcode"], place["city"]) == (
        "MJC Centre", "3 rue du Salève", "74100", "Annemasse"
    )  # fmt: skip
    assert place["position"] == [46.19, 6.24]


def test_a_fold_in_the_middle_of_a_letter():
    content = calendar(event(SUMMARY="Débat")).replace("é".encode(), b"\xc3\r\n \xa9")

    assert read_calendar(content).series[0].title == "Débat"


def test_of_two_versions_the_newest_and_private_ones_never():
    found = read_calendar(
        calendar(
            event(SUMMARY="Neuf", SEQUENCE="2"), event(SUMMARY="Vieux", SEQUENCE="1"),
            event("deux@x", CLASS="PRIVATE"), event("trois@x", CLASS="confidential"),
        )
    )  # fmt: skip

    assert [entry.title for entry in found.series] == ["Neuf"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({"DTSTART": "20271350T180000"}, ("date", 7)),
        ({"DTSTART": "demain"}, ("date", 7)),
        ({"DTSTART": "99990101T000000"}, ("far", 7)),
        ({"DTSTART": ""}, ("no_start", 4)),
        ({"SUMMARY": ""}, ("no_title", 4)),
        ({"DTEND": "20270316T100000"}, ("ends_before", 8)),
        ({"DTEND": "20290316T100000"}, ("too_long", 8)),
        ({"DTEND": "", "DURATION": "deux heures"}, ("duration", 8)),
        ({"RRULE": "FREQ=SECONDLY"}, ("rule", 9)),
        ({"RRULE": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, ("rule", 9)),
        ({"RRULE": "FREQ=DAILY;COUNT=99999999"}, ("rule", 9)),
        ({"RRULE": "FREQ=DAILY|FREQ=WEEKLY"}, ("many_rules", 10)),
        ({"RDATE": ",".join(["20270501T160000Z"] * 500)}, ("many_exceptions", 9)),
        ({"DTSTART": "TZID=Mars/Olympus:20270316T180000"}, ("zone", 7)),
        ({"RECURRENCE_ID": "RANGE=THISANDFUTURE:20270316T180000"}, ("and_following", 9)),
        ({"SUMMARY": "x" * 70_000}, ("long_line", 6)),
    ],
)
def test_a_bad_event_names_its_line_and_the_good_one_beside_it_is_read(lines, expected):
    found = read_calendar(calendar(event(**lines), event("bon@x")))

    assert [(one.code, one.line) for one in found.problems] == [expected]
    assert found.problems[0].sentence
    assert [entry.uid for entry in found.series] == ["bon@x"]


def test_an_event_without_an_identifier_or_with_a_line_that_is_none():
    assert problem(event("")) == ("no_uid", 4)
    assert problem(event("x" * 600)) == ("long_uid", 4)
    assert problem(event().replace("SUMMARY:Atelier", 'SUMMARY Atelier\nATTENDEE;CN=A:B:c;"d')) == ("no_colon", 6)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("empty", None)),
        (b"  \r\n", ("empty", None)),
        (b"<!DOCTYPE html><html>", ("web_page", 1)),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]>', ("web_page", 1)),
        (b"PK\x03\x04", ("not_a_calendar", 1)),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n", ("not_ended", 3)),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", ("wrong_end", 3)),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50, ("too_deep", 7)),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:\xe9t\xe9\r\nEND:VCALENDAR\r\n", ("encoding", 2)),
        (b"BEGIN:VCALENDAR\r\nSUMMARY:a\r\n b\r\n \xe9\r\nEND:VCALENDAR\r\n", ("encoding", 4)),
    ],
)
def test_what_is_no_calendar_says_on_which_line(content, expected):
    with pytest.raises(CalendarError) as caught:
        read_calendar(content)
    found = caught.value.problem
    assert (found.code, found.line) == expected
    assert found.sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 70_000 + b"END:VCALENDAR", "too_many_events"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 100_000 + b"END:VCALENDAR", "too_many_lines"),
        (b"BEGIN:VCALENDAR\nSUMMARY:a" + b"\n b" * MOST_LINES + b"\nEND:VCALENDAR", "too_many_lines"),
    ],
)
def test_bombs_are_answered_soon(content, code):
    started = time.monotonic()
    with pytest.raises(CalendarError) as caught:
        read_calendar(content)
    assert caught.value.problem.code == code
    assert time.monotonic() - started < 10


def test_long_lines_and_deep_folds_are_read_soon():
    started = time.monotonic()
    read_calendar(calendar(event(DESCRIPTION="a" * 50_000, LOCATION="1000 a " * 7_000, X_ODD=';a="' * 20_000)))
    read_calendar(calendar(event(SUMMARY="\r\n ".join("a" * 50_000))))
    zone = "".join(f"BEGIN:STANDARD\nDTSTART:{1600 + n}0101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
                   "RRULE:FREQ=SECONDLY\nEND:STANDARD\n" for n in range(50))  # fmt: skip
    described = f"BEGIN:VTIMEZONE\nTZID:Bombe\n{zone}END:VTIMEZONE"
    assert problem(event(DTSTART="TZID=Bombe:20270316T180000"), before=described)[0] == "zone"
    assert time.monotonic() - started < 10
