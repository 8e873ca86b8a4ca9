"""Answering the call: with an account, without one, in time and on the campaign's ground."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coexist.common.mail.models import OutgoingEmail
from events.campaigns.models import Activity, Campaign, Support, Unconfirmed
from events.models import Event
from tests.access.crawl import client_of
from tests.factories import campaigns, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    return campaigns.campaign()


@pytest.fixture
def town_hall(week):
    actor, owner = network.owned_actor(name="Annemasse Agglo", kind="collectivite")
    campaigns.coordination(week, actor)
    return actor, owner


def typed(week, **fields) -> dict:
    return {
        "structure": "Cinéma Le Parc", "title": "Projection", "kind": "screening", "summary": "Un film, un débat.",
        "first_day": week.first_day.isoformat(), "first_time": "20:00", "postcode": "74100", "city": "Annemasse",
        "country": "FR", **fields,
    }  # fmt: skip


def propose(client, week, **fields):
    return client.post(reverse("activity-propose", args=[week.year]), typed(week, **fields))


def mailed_link(address: str) -> str:
    text = OutgoingEmail.objects.filter(address=address).latest("pk").body_text
    found = re.search(r"https?://[^/]+(/semaine/\S+)", text)
    assert found
    return found[1]


def test_an_actor_proposes_and_keeps_its_own_draft(week, town_hall):
    actor, owner = network.owned_actor()
    propose(client_of(owner), week, actor=actor.pk, structure="")

    activity = Activity.objects.get()
    assert (activity.state, activity.structure, activity.proposer) == ("proposed", "", owner)
    assert (activity.event.organiser, activity.event.state) == (actor, "draft")
    assert "74" in activity.event.reach


def test_an_account_without_an_actor_names_its_structure_and_the_coordinator_keeps_the_draft(week, town_hall):
    propose(client_of(people.verified()), week)

    activity = Activity.objects.get()
    assert (activity.structure, activity.event.organiser) == ("Cinéma Le Parc", town_hall[0])
    assert activity.event.description == "Proposé par : Cinéma Le Parc."


def test_where_nobody_coordinates_the_projects_lead_keeps_it(week, town_hall):
    propose(client_of(people.verified()), week, postcode="01200", city="Bellegarde")
    assert Activity.objects.get().event.organiser == week.project.lead


def test_without_an_account_nothing_is_written_before_the_address_is_confirmed(week, town_hall):
    visitor = client_of(None)
    answer = propose(visitor, week, name="Zoé", email="Zoe@Cinema.example")

    assert answer.status_code == 200
    assert not Event.objects.exists()
    link = mailed_link("zoe@cinema.example")
    assert visitor.get(link).status_code == 200
    assert not Activity.objects.exists(), "a scanner that follows the link confirms nothing"

    answer = visitor.post(link)
    activity = Activity.objects.get()
    assert answer["Location"].startswith("/semaine/suivi/")
    assert (activity.proposer_name, activity.proposer_email) == ("Zoé", "zoe@cinema.example")
    assert not Unconfirmed.objects.exists()
    assert visitor.post(link).status_code == 410
    assert Activity.objects.count() == 1


def test_a_forged_or_foreign_link_is_unknown(week):
    for name in ("proposal-confirm", "proposal-follow"):
        assert client_of(None).get(reverse(name, args=["forged"])).status_code == 404


def test_one_address_is_written_to_five_times_an_hour_at_most(week):
    for _number in range(5):
        propose(client_of(None), week, name="Zoé", email="zoe@cinema.example")
    answer = propose(client_of(None), week, name="Zoé", email="zoe@cinema.example")

    assert "email" in answer.context["form"].errors
    assert OutgoingEmail.objects.filter(address="zoe@cinema.example").count() == 5


def test_a_second_click_proposes_nothing_more(week, town_hall):
    owner = client_of(people.verified())
    key = "6b7c1a52-6b53-4f7b-8e0e-000000000001"
    first, second = (propose(owner, week, form_key=key) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


def test_after_the_deadline_and_in_every_other_state_the_call_is_shut(week, town_hall):
    owner = client_of(people.verified())
    Campaign.objects.update(call_until=timezone.localdate() - timedelta(days=1))
    propose(owner, week)
    for state in ("published", "closed"):
        Campaign.objects.update(call_until=timezone.localdate(), state=state)
        propose(owner, week)
    assert not Activity.objects.exists()


def test_an_address_confirmed_after_the_deadline_is_told_so(week):
    propose(client_of(None), week, name="Zoé", email="zoe@cinema.example")
    Campaign.objects.update(call_until=timezone.localdate() - timedelta(days=1))
    answer = client_of(None).post(mailed_link("zoe@cinema.example"))
    assert "L&#x27;appel à contributions est clos." in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"postcode": "75011", "city": "Paris"}, "__all__"),
        ({"postcode": "99999", "city": "Nulle part"}, "postcode"),
        ({"first_day": "2020-01-01"}, "first_day"),
        ({"structure": ""}, "structure"),
    ],
)
def test_elsewhere_at_another_time_or_by_nobody_is_said_beside_the_field(week, fields, where):
    answer = propose(client_of(people.verified()), week, **fields)
    assert where in answer.context["form"].errors
    assert not Event.objects.exists()


def test_support_is_asked_for_and_offered(week, town_hall):
    person = client_of(people.verified())
    for direction in ("demander", "offrir"):
        address = reverse("support-propose", args=[week.year, direction])
        person.post(address, {"structure": "MJC", "kind": "equipment", "title": "Douze grilles", "territory": "74"})

    assert sorted(Support.objects.values_list("direction", "territory")) == [("ask", "74"), ("offer", "74")]
    assert Support.objects.first().reach == ["74", "FR", "FR-ARA"]


def test_the_grounds_coordinators_hear_of_it_once_a_day(week, town_hall):
    far, _far_owner = network.owned_actor()
    campaigns.coordination(week, far, "01")
    for _number in range(2):
        propose(client_of(people.verified()), week)

    mails = OutgoingEmail.objects.filter(kind_code="campaign_to_decide")
    assert [mail.recipient for mail in mails] == [town_hall[1]]
