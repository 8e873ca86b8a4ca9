"""Feeds: read back by two parsers, they give the dates that the agenda has; who may not see it finds nothing there."""

from datetime import timedelta
from xml.etree import ElementTree

import icalendar
import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from actors.enums import ActorState
from events import services
from events.enums import EventState
from events.models import Event, Occurrence
from tests.events.reading import Taken, by_icalendar, by_vobject
from tests.factories import events, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["memory"].clear()


def feed(client, name: str = "agenda-calendar", **asked) -> bytes:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.content


def assert_same_dates(content: bytes, event: Event) -> None:
    """The dates that both parsers find are those of the agenda; a rule without an end goes on after its last one."""
    rows = [
        Taken(row.starts_at, row.ends_at, row.is_off) for row in event.occurrences.order_by("starts_at")
    ]  # fmt: skip
    for read in (by_icalendar, by_vobject):
        found = [one for one in read(content)[event.uid] if one.start <= rows[-1].start]
        assert found == sorted(rows), read.__name__


SPRING, AUTUMN = events.utc(2027, 3, 23, 17, 0), events.utc(2027, 10, 19, 16, 0)  # six in the evening in Paris


@pytest.mark.parametrize("start", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;UNTIL=20271231T225959Z", "FREQ=MONTHLY;BYDAY=-1TU;COUNT=9",
        "FREQ=MONTHLY;BYDAY=4TU,1FR;COUNT=5", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5", "FREQ=WEEKLY",
        "FREQ=WEEKLY;UNTIL=20280101", "FREQ=DAILY;COUNT=900",
    ],
)  # fmt: skip
def test_both_parsers_find_the_dates_of_the_agenda_across_the_changes_of_the_clocks(client, start, rule):
    event = events.event(network.actor(), starts_at=start, rule=rule)

    assert_same_dates(feed(client), event)


@pytest.mark.parametrize("start", [events.utc(2027, 3, 26, 23, 0), events.utc(2027, 10, 29, 22, 0)])
@pytest.mark.parametrize("rule", ["", "FREQ=DAILY;COUNT=4", "FREQ=DAILY;UNTIL=20271110T225959Z"])
def test_whole_days_are_days_without_a_time(client, start, rule):
    event = events.event(
        network.actor(), is_all_day=True, starts_at=start, ends_at=start + timedelta(days=1), rule=rule
    )

    content = feed(client)
    assert b"DTSTART;VALUE=DATE:2027" in content
    assert_same_dates(content, event)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Africa/Dakar", "Indian/Reunion"])
def test_each_zone_is_said_as_it_is(client, zone):
    event = events.event(network.actor(), starts_at=SPRING, rule="FREQ=WEEKLY;COUNT=4", zone=zone)

    content = feed(client)
    assert_same_dates(content, event)
    assert (b"BEGIN:VTIMEZONE" in content) == (zone != "UTC")


def test_dates_added_left_out_moved_cancelled_and_spoken_of(client):
    start = SPRING
    event = events.event(
        network.actor(), starts_at=start, rule="FREQ=WEEKLY;COUNT=6",
        added_dates=[start + timedelta(days=2), start + timedelta(days=80, hours=2)],
        left_out_dates=[start + timedelta(days=14) - timedelta(hours=1)],  # after the change of the clocks
    )  # fmt: skip
    first, second, third = event.occurrences.order_by("starts_at")[:3]
    person = people.verified()
    services.change_occurrence(
        occurrence=second, starts_at=second.starts_at + timedelta(days=1, hours=3), note="À la MJC",
        ends_at=second.ends_at + timedelta(days=1, hours=4), acting_user=person,
    )  # fmt: skip
    services.cancel_occurrence(occurrence=third, note="Neige", acting_user=person)
    services.change_occurrence(
        occurrence=first, starts_at=first.starts_at, ends_at=first.ends_at, note="Autre salle", acting_user=person
    )

    content = feed(client)
    assert event.occurrences.count() == 7
    assert_same_dates(content, event)
    for said in (b"EXDATE", b"RDATE", b"STATUS:CANCELLED", b"Autre salle", "À la MJC".encode()):
        assert said in content
    assert content.count(b"RECURRENCE-ID;TZID=Europe/Paris:2027") == 3


def test_a_rule_that_has_not_its_own_first_date_is_told_date_by_date(client):
    event = events.event(network.actor(), starts_at=SPRING, rule="FREQ=WEEKLY;BYDAY=TH;COUNT=3")

    content = feed(client)
    assert b"RRULE:FREQ=WEEKLY" not in content
    assert event.occurrences.count() == 4
    assert_same_dates(content, event)


def test_what_is_over_leaves_after_ninety_days_and_changed_rules_do_not_rewrite_it(client, clock):
    event = events.event(network.actor(), rule="FREQ=WEEKLY;COUNT=30")
    clock.forward(days=120)
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    services.save_event(event=event, acting_user=None)
    past = events.event(network.actor(), starts_at=timezone.now() - timedelta(days=95))

    found = by_icalendar(feed(client))
    assert past.uid not in found
    since = timezone.now() - timedelta(days=90)
    rows = event.occurrences.filter(ends_at__gte=since, planned_at__gte=event.starts_at)
    assert [one.start for one in found[event.uid] if one.start >= since] == [row.starts_at for row in rows]


def test_the_identifier_stays_and_the_version_counts_up(client):
    event = events.event(network.actor(), rule="FREQ=WEEKLY;COUNT=3")
    before = [(str(one["uid"]), one["sequence"]) for one in entries(feed(client))]
    event.title = "Un autre titre"
    services.save_event(event=event, acting_user=None)
    services.cancel_occurrence(occurrence=events.date_of(event, 1), note="Neige", acting_user=None)
    after = entries(feed(client))

    assert before == [(event.uid, 0)]
    assert {(str(one["uid"]), one["sequence"]) for one in after} == {(event.uid, 2)}
    assert len({one["last-modified"].dt for one in after}) == 1


def entries(content: bytes) -> list:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_cancelled_event_is_told_as_cancelled(client):
    event = events.event(network.actor())
    services.cancel_event(event=event, because="Grève des trains", acting_user=people.verified())
    event.refresh_from_db()

    assert_same_dates(feed(client), event)
    assert "Grève des trains" in str(entries(feed(client))[0]["description"])


def test_words_that_would_break_a_calendar_come_back_as_they_were(client):
    title = "L'eau ; un bien, commun \\ à « partager » " + "é" * 90
    note = "Ligne une\r\nBEGIN:VEVENT\nUID:faux\x0b\x01"
    event = events.event(network.actor(), title=title, description=note, place="MJC, salle ; 2")
    content = feed(client)

    (entry,) = entries(content)
    assert str(entry["summary"]) == title
    assert str(entry["description"]).startswith("Ligne une\nBEGIN:VEVENT\nUID:faux")
    assert str(entry["location"]) == "MJC, salle ; 2, 74100 Annemasse"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert list(by_vobject(content)) == [event.uid]
    ElementTree.fromstring(feed(client, "agenda-news"))  # noqa: S314 - our own


@pytest.mark.parametrize("name", ["agenda-calendar", "agenda-news"])
def test_only_what_is_public_and_never_the_online_link(client, name):
    events.event(network.actor(), state=EventState.DRAFT, title="Brouillon secret")
    events.event(network.actor(state=ActorState.SUSPENDED), title="Suspendu secret")
    events.event(network.actor(), title="Ouvert", online_url="https://visio.example/secret")

    content = feed(client, name).decode()
    assert "secret" not in content
    assert "Ouvert" in content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Projection", "Repas"}),
        ({"kind": "screening"}, {"Projection"}),
        ({"acteur": "cine", "vue": "mois"}, {"Projection"}),
        ({"q": "repas"}, {"Repas"}),
        ({"territory": "69"}, {"Repas"}),
    ],
)
def test_a_feed_is_narrowed_as_its_page_is(client, asked, found):
    events.event(network.actor(slug="cine"), title="Projection", kind="screening")
    events.event(network.actor(), title="Repas", postcode="69001", city="Lyon")

    assert {str(one["summary"]) for one in entries(feed(client, **asked))} == found
    news = ElementTree.fromstring(feed(client, "agenda-news", **asked))  # noqa: S314 - our own
    assert {item.findtext("title") for item in news.iter("item")} == found


def test_a_filter_that_does_not_exist_is_not_the_whole_agenda(client):
    assert client.get(reverse("agenda-calendar"), {"kind": "x"}).status_code == 400


@pytest.mark.parametrize("name", ["agenda-calendar", "agenda-news"])
def test_who_has_it_already_is_told_so_until_something_changes(client, name):
    event = events.event(network.actor())
    first = client.get(reverse(name))
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    again = client.get(reverse(name), **known)
    event.title = "Un autre titre"
    services.save_event(event=event, acting_user=None)
    changed = client.get(reverse(name), **known)

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(reverse(name), HTTP_IF_MODIFIED_SINCE=changed["Last-Modified"]).status_code == 304
    assert changed.status_code == 200
    assert "Un autre titre" in changed.content.decode()
    assert "max-age=300" in changed["Cache-Control"]


def test_news_are_the_last_published_first_and_keep_their_identifier(client):
    old = events.event(network.actor(), title="Ancien")
    Event.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=3))
    new = events.event(network.actor(), title="Récent")
    events.event(network.actor(), title="Passé", starts_at=timezone.now() - timedelta(days=3))

    items = list(ElementTree.fromstring(feed(client, "agenda-news")).iter("item"))  # noqa: S314 - our own
    assert [item.findtext("title") for item in items] == ["Récent", "Ancien"]
    assert items[0].findtext("guid") == new.uid
    assert items[0].findtext("link") == settings.SITE_URL + new.get_absolute_url()


def test_an_event_and_one_of_its_dates_as_a_file(client):
    event = events.event(network.actor(), rule="FREQ=WEEKLY;COUNT=3")
    second = events.date_of(event, 1)
    address = reverse("event-calendar", args=[event.slug])

    whole, alone = client.get(address), client.get(f"{address}?{second.name_in_address}")
    assert f"{event.slug}.ics" in whole["Content-Disposition"]
    assert_same_dates(whole.content, event)
    (entry,) = entries(alone.content)
    assert entry["recurrence-id"].dt == entry["dtstart"].dt == second.planned_at
    assert "rrule" not in entry


def test_the_agenda_gives_the_address_of_its_own_filter(client):
    events.event(network.actor(), kind="screening")
    page = client.get(reverse("agenda"), {"kind": "screening", "vue": "mois", "q": ""}).content.decode()

    host = settings.SITE_URL.partition("://")[2]
    assert f"webcal://{host}/agenda/flux.ics?kind=screening" in page
    assert "/agenda/flux.rss?kind=screening" in page


def test_a_feed_of_many_events_takes_few_queries(client, django_assert_max_num_queries):
    for number in range(3):
        events.event(network.actor(), title=f"Rencontre {number}", rule="FREQ=WEEKLY;COUNT=3")

    for name in ("agenda-calendar", "agenda-news"):
        with django_assert_max_num_queries(5):
            feed(client, name)
    with django_assert_max_num_queries(2):
        feed(client)  # the same as a moment ago
    assert Occurrence.objects.count() == 9
