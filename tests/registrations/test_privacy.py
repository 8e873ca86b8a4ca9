"""Names go, numbers stay."""

import pytest
from django.db import connection

from actors.privacy.erasure import erase_person
from coexist.common.mail.models import OutgoingEmail
from coexist.common.retention import apply_all
from events.registrations import services
from events.registrations.models import Registration
from tests.factories import events, network, people
from tests.factories.registrations import asked, register

pytestmark = pytest.mark.django_db
NAME, ADDRESS, NOTE = "Ysolde Introuvable", "ysolde@disparue.example", "Fauteuil roulant électrique"
TABLES = ("registrations_registration", "registrations_seat", "common_outgoingemail")


def held(*words: str) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            for word in words:
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{word}%"])  # noqa: S608
                found += [f"{table}: {word}"] * cursor.fetchone()[0]
    return found


def test_90_days_after_the_last_date_nobody_knows_who_came(clock):
    event = events.event(network.actor(), booking="all", rule="FREQ=WEEKLY;COUNT=2")
    services.verify(registration=asked(event, name=NAME, email=ADDRESS, access_needs=NOTE))
    clock.now = events.date_of(event, 1).ends_at
    clock.forward(days=89)
    apply_all()
    assert held(NAME, ADDRESS, NOTE)
    clock.forward(days=2)
    apply_all()
    apply_all()
    assert held(NAME, ADDRESS, NOTE) == []
    assert list(event.occurrences.values_list("taken", flat=True)) == [1, 1]
    assert Registration.objects.get().state == "registered"


def test_what_nobody_confirmed_is_deleted_after_two_days(clock):
    asked(events.event(network.actor(), booking="each"))
    clock.forward(days=3)
    apply_all()
    assert not Registration.objects.exists()


def test_an_erased_person_gives_the_place_to_who_waits():
    event = events.event(network.actor(), booking="each", capacity=1)
    person = people.verified(name=NAME, email=ADDRESS)
    register(event, person=person, access_needs=NOTE)
    waits = register(event)
    erase_person(person=person, successions=[], acting_user=person)
    waits.refresh_from_db()
    assert waits.state == "offered"
    OutgoingEmail.objects.filter(kind_code="account_erased").delete()  # the last word to the person
    assert held(NAME, ADDRESS, NOTE) == []
