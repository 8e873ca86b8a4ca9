"""The agenda's pages: what is shown to whom, in which order, in how many queries."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.enums import ActorState
from events import services
from events.enums import EventState
from events.models import Event, Occurrence
from tests.factories import events, network, people

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    return [row.event.title for row in answer.context["rows"]]


def agenda(client, **asked):
    return client.get(reverse("agenda"), asked)


def test_what_comes_first_comes_first_and_what_is_over_is_asked_for(client):
    actor, now = network.actor(), timezone.now()
    events.event(actor, title="Plus tard", starts_at=now + timedelta(days=30))
    events.event(actor, title="Bientôt", starts_at=now + timedelta(days=2))
    events.event(actor, title="Passé", starts_at=now - timedelta(days=2))

    assert titles(agenda(client)) == ["Bientôt", "Plus tard"]
    assert titles(agenda(client, passe="true")) == ["Passé"]


def test_drafts_and_events_of_actors_that_are_not_approved_are_nowhere(client):
    events.event(network.actor(), state=EventState.DRAFT, title="Brouillon secret")
    events.event(network.actor(state=ActorState.SUSPENDED), title="Suspendu secret")
    hidden = Event.objects.get(title="Brouillon secret")

    for view in ("", "mois", "carte"):
        assert "secret" not in agenda(client, vue=view).content.decode()
    assert "secret" not in client.get(reverse("agenda-points")).content.decode()
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_the_organisers_members_see_their_draft(client):
    actor, owner = network.owned_actor()
    draft = events.event(actor, state=EventState.DRAFT)
    client.force_login(owner)

    assert client.get(draft.get_absolute_url()).status_code == 200


def test_co_organisers_members_see_and_do_not_write(client):
    partner, person = network.owned_actor()
    draft = events.event(network.actor(), state=EventState.DRAFT)
    draft.co_organisers.add(partner)
    client.force_login(person)

    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(reverse("event-edit", args=[draft.slug])).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "screening"}, ["Projection"]),
        ({"theme": "6"}, ["Projection"]),
        ({"territory": "69"}, ["Repas"]),
        ({"q": "projections"}, ["Projection"]),
        ({"q": "<script>"}, []),
        ({"gratuit": "on"}, ["Projection"]),
        ({"libre": "on"}, ["Projection"]),
        ({"acteur": "cine"}, ["Projection"]),
        ({"acteur": "inconnu"}, []),
    ],
)
def test_facets_and_filters_narrow(client, asked, found):
    now = timezone.now()
    events.event(
        network.actor(slug="cine"), title="Projection", kind="screening", themes=[6], capacity=10,
        starts_at=now + timedelta(days=1),
    )  # fmt: skip
    full = events.event(
        network.actor(), title="Repas", postcode="69001", city="Lyon", price="5 €", capacity=1,
        starts_at=now + timedelta(days=2),
    )  # fmt: skip
    full.occurrences.update(taken=1)

    assert titles(agenda(client, **asked)) == found


@pytest.mark.parametrize(
    "asked", [{"du": "2026-13-45"}, {"mois": "2026-99"}, {"vue": "x"}, {"kind": "x"}, {"q": "é" * 900}]
)
def test_what_cannot_be_read_is_said_and_narrows_nothing(client, asked):
    events.event(network.actor(), title="Toujours là")

    assert titles(agenda(client, **asked)) == ["Toujours là"]


@pytest.mark.parametrize(
    "asked", [{"du": "0001-01-01", "au": "9999-12-31"}, {"mois": "2000-01", "vue": "mois"}, {"page": "9"}]
)
def test_the_ends_of_the_calendar_answer(client, asked):
    events.event(network.actor())

    assert agenda(client, **asked).status_code in (200, 404)


def test_a_day_of_the_month_shows_what_goes_on_that_day_and_how_much_more(client):
    actor = network.actor()
    first = events.utc(2027, 3, 28, 7, 0)  # nine in the morning, on the day when the clocks change
    for number in range(6):
        events.event(actor, title=f"Matin {number}", starts_at=first + timedelta(minutes=number))
    events.event(actor, title="Exposition", starts_at=first, ends_at=first + timedelta(days=2))
    events.event(actor, title="Nuit", starts_at=events.utc(2027, 3, 26, 22, 0), ends_at=events.utc(2027, 3, 27, 3, 0))

    answer = agenda(client, vue="mois", mois="2027-03")
    days = {day.date.isoformat(): day for week in answer.context["month"].weeks for day in week}
    assert days["2027-03-28"].number == 7
    assert days["2027-03-28"].more == 3
    assert [row.event.title for row in days["2027-03-29"].shown] == ["Exposition"]
    assert [row.event.title for row in days["2027-03-26"].shown] == ["Nuit"]
    assert "et 3 autres" in answer.content.decode()


def test_an_all_day_event_stands_on_its_days_and_no_other(client):
    start, end = events.utc(2027, 5, 9, 22, 0), events.utc(2027, 5, 11, 22, 0)  # 10 and 11 May in Paris
    events.event(network.actor(), is_all_day=True, starts_at=start, ends_at=end)

    answer = agenda(client, vue="mois", mois="2027-05")
    days = [day.date.day for week in answer.context["month"].weeks for day in week if day.number]
    assert days == [10, 11]


def test_a_month_of_3000_events_takes_few_queries(client, django_assert_max_num_queries):
    actors, start = [network.actor() for _number in range(3)], events.utc(2027, 3, 1, 17, 0)
    made = Event.objects.bulk_create(
        Event(
            organiser=actors[number % 3], title=f"Rencontre {number}", slug=f"rencontre-{number}", state="published",
            uid=f"{number}@test", published_at=start, themes=[number % 17 + 1], city="Annemasse", country="FR",
            starts_at=start + timedelta(minutes=13 * number), ends_at=start + timedelta(minutes=13 * number + 60),
        )
        for number in range(3000)
    )  # fmt: skip
    Occurrence.objects.bulk_create(
        Occurrence(event=event, planned_at=event.starts_at, starts_at=event.starts_at, ends_at=event.ends_at)
        for event in made
    )

    with django_assert_max_num_queries(15):
        assert agenda(client, vue="mois", mois="2027-03").status_code == 200
    with django_assert_max_num_queries(15):
        assert agenda(client).status_code == 200


def test_the_map_has_a_point_for_each_place_and_says_it_in_words(client):
    actor = network.actor()
    events.event(actor, title="<b>Ici</b>", latitude=46.19, longitude=6.24, position_is_chosen=True)
    events.event(actor, title="Là", latitude=46.19, longitude=6.24, position_is_chosen=True)
    events.event(actor, title="En ligne", postcode="", city="", online_url="https://visio.example/secret")

    found = json.loads(client.get(reverse("agenda-points")).content)
    assert [(cell["n"], len(cell["who"])) for cell in found["cells"]] == [(2, 2)]
    page = agenda(client, vue="carte").content.decode()
    assert "En ligne" in page
    assert "<b>Ici" not in page


def test_where_people_meet_online_is_not_told_to_visitors(client):
    event = events.event(network.actor(), online_url="https://visio.example/secret")

    for address in (event.get_absolute_url(), reverse("agenda"), reverse("agenda-points")):
        assert "visio.example" not in client.get(address).content.decode()


def test_what_is_cancelled_stays_to_be_read_and_says_so(client):
    event = events.event(network.actor())
    services.cancel_event(event=event, because="Grève des trains", acting_user=people.verified())

    page = client.get(event.get_absolute_url()).content.decode()
    assert "Grève des trains" in page
    assert "EventCancelled" in page
    assert "Annulé" in agenda(client).content.decode()


def test_the_address_of_a_date_shows_that_date(client):
    event = events.event(network.actor(), rule="FREQ=WEEKLY;COUNT=3")
    third = events.date_of(event, 2)

    shown = client.get(third.get_absolute_url()).context["occurrence"]
    assert shown == third
    assert client.get(event.get_absolute_url() + "?date=nonsense").context["occurrence"] == events.date_of(event)


def test_an_actor_and_a_project_show_their_next_dates(client):
    actor = network.actor()
    project = network.project(actor)
    events.event(actor, title="Notre rencontre", project=project)

    for page in (actor, project):
        assert "Notre rencontre" in client.get(page.get_absolute_url()).content.decode()


WRITTEN = {
    "title": "Projection-débat", "kind": "screening", "first_day": "2027-03-16", "first_time": "20:00",
    "zone": "Europe/Paris", "country": "FR", "city": "Annemasse", "postcode": "74100", "booking": "none",
    "form_key": "6f1c1f34-1111-4c33-9111-1f5f0a5f0a5f",
}  # fmt: skip


def write(client, **fields):
    return client.post(reverse("event-create"), {**WRITTEN, "publish": "1", **fields})


@pytest.fixture
def writer(client):
    actor, owner = network.owned_actor(name="Ciné Actuel")
    client.force_login(owner)
    return {"organiser": actor.pk}


def test_an_event_is_written_and_published_in_one_go(client, writer):
    network.actor(name="MJC Centre")
    write(client, **writer, repeat="WEEKLY", repeat_count="3", without_dates="23/03/2027", with_actors="MJC Centre")

    event = Event.objects.get()
    assert event.state == EventState.PUBLISHED
    assert [f"{row.local_start:%d/%m %H:%M}" for row in event.occurrences.all()] == ["16/03 20:00", "30/03 20:00"]
    assert [actor.name for actor in event.co_organisers.all()] == ["MJC Centre"]


def test_sending_it_twice_makes_one_event(client, writer):
    write(client, **writer)
    write(client, **writer)

    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"first_time": ""}, "first_time"),
        ({"last_day": "2027-03-15"}, "last_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
        ({"repeat": "WEEKLY"}, "repeat_until"),
        ({"repeat": "WEEKLY", "repeat_until": "2027-03-01"}, "repeat_until"),
        ({"repeat": "WEEKLY", "repeat_until": "2027-04-01", "repeat_count": "3"}, "repeat_count"),
        ({"other_dates": "demain"}, "other_dates"),
        ({"other_dates": "24/11/99999 18:00"}, "other_dates"),
        ({"without_dates": "16/03/2027"}, "without_dates"),
        ({"with_actors": "Personne"}, "with_actors"),
        ({"with_actors": "x\n" * 20}, "with_actors"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"latitude": "46.2"}, "longitude"),
        ({"latitude": "nan", "longitude": "6"}, "latitude"),
        ({"booking": "elsewhere"}, "booking_url"),
        ({"booking": "elsewhere", "booking_url": "javascript:alert(1)"}, "booking_url"),
        ({"capacity": "0"}, "capacity"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, writer, fields, wrong):
    answer = write(client, **{**writer, **fields})

    assert answer.status_code == 200
    assert wrong in answer.context["form"].errors
    assert not Event.objects.exists()


def test_the_form_shows_what_was_written_and_keeps_it(client, writer):
    write(client, **writer, repeat="MONTHLY_WEEKDAY", repeat_until="2027-09-30", other_dates="01/05/2027 14:30")
    event = Event.objects.get()
    dates = list(event.occurrences.values_list("starts_at", flat=True))

    form = client.get(reverse("event-edit", args=[event.slug])).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    answer = client.post(reverse("event-edit", args=[event.slug]), again)
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(event.occurrences.values_list("starts_at", flat=True)) == dates


def test_an_imported_rule_survives_the_form(client, writer):
    write(client, **writer)
    event = Event.objects.get()
    event.rule = "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6"
    services.save_event(event=event, acting_user=None)

    form = client.get(reverse("event-edit", args=[event.slug])).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    client.post(reverse("event-edit", args=[event.slug]), again)
    event.refresh_from_db()
    assert event.rule == "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6"


def test_one_date_is_moved_and_another_cancelled(client, writer):
    write(client, **writer, repeat="WEEKLY", repeat_count="3")
    first, second, _third = Event.objects.get().occurrences.all()
    client.post(
        reverse("occurrence-edit", args=[first.pk]),
        {"first_day": "2027-03-17", "first_time": "19:00", "last_time": "21:00", "note": "À la MJC"},
    )
    client.post(reverse("occurrence-cancel", args=[second.pk]), {"because": "Vacances"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (f"{first.local_start:%d %H:%M}", first.note) == ("17 19:00", "À la MJC")
    assert second.is_cancelled


def test_somebody_who_belongs_to_no_actor_is_told_what_to_do_first(client, member):
    client.force_login(member)

    assert client.get(reverse("event-create")).url == reverse("actor-create")
