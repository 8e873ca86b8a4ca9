"""One's own registrations, read by a calendar under a private address."""

import icalendar
import pytest
import vobject
from django.urls import reverse

from actors.privacy.erasure import erase_person
from events.registrations import own_calendar, services
from events.registrations.models import PersonalCalendar
from events.services import cancel_occurrence
from tests.factories import events, network, people
from tests.factories.registrations import register

pytestmark = pytest.mark.django_db


def read(client, address: str) -> list[icalendar.Event]:
    answer = client.get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    vobject.readOne(answer.content.decode())
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


@pytest.fixture
def person():
    return people.verified()


@pytest.fixture
def address(person, settings):
    settings.SITE_URL = "http://testserver"
    own_calendar.open_for(person)
    return own_calendar.address_of(person)


def test_it_holds_what_the_person_has_a_place_for_and_nothing_else(client, person, address):
    ngo = network.actor()
    weekly = events.event(ngo, booking="each", rule="FREQ=WEEKLY;COUNT=3", online_url="https://visio.example/salle")
    register(weekly, events.date_of(weekly, 1), person=person)
    register(weekly)
    full = events.event(ngo, booking="each", capacity=1)
    register(full)
    assert register(full, person=person).state == "waiting"
    services.cancel(registration=register(events.event(ngo, booking="each"), person=person))
    entry, *others = read(client, address)
    assert not others
    assert str(entry["uid"]) == weekly.uid
    assert entry["recurrence-id"].dt == entry["dtstart"].dt == events.date_of(weekly, 1).starts_at
    assert "https://visio.example/salle" in str(entry["description"])


def test_what_is_cancelled_meanwhile_says_so_with_a_higher_sequence(client, person, address):
    event = events.event(network.actor(), booking="all", rule="FREQ=WEEKLY;COUNT=2")
    register(event, person=person)
    before = read(client, address)
    assert [str(entry["status"]) for entry in before] == ["CONFIRMED", "CONFIRMED"]
    cancel_occurrence(occurrence=events.date_of(event, 0), note="", acting_user=person)
    after = read(client, address)
    assert [str(entry["status"]) for entry in after] == ["CANCELLED", "CONFIRMED"]
    assert after[0]["sequence"] > before[0]["sequence"]
    assert {str(entry["uid"]) for entry in before} == {str(entry["uid"]) for entry in after}


def test_a_new_address_ends_the_one_before_and_none_ends_all(client, person, address):
    client.force_login(person)
    client.post(reverse("own-calendar-address"), {"do": "open"})
    newer = own_calendar.address_of(person)
    assert client.get(address).status_code == 404
    assert client.get(newer).status_code == 200
    client.post(reverse("own-calendar-address"), {"do": "close"})
    assert client.get(newer).status_code == 404
    assert own_calendar.address_of(person) == ""


def test_a_key_that_was_read_in_the_database_opens_nothing(client, person, address):
    key = PersonalCalendar.objects.get(person=person).key
    assert key not in address
    assert client.get(reverse("own-calendar", args=[key])).status_code == 404


def test_it_ends_with_the_account(client, person, address):
    erase_person(person=person, successions=[], acting_user=person)
    assert client.get(address).status_code == 404
    assert not PersonalCalendar.objects.exists()


def test_the_page_shows_the_address_to_its_holder(client, person, address):
    client.force_login(person)
    assert address in client.get(reverse("registration-list")).content.decode()
