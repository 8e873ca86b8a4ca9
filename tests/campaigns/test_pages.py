"""The public page and the coordinators': near one's home, what is missing, the sheet, what stays private."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from coexist.common import retention
from events.campaigns.models import Activity, Campaign, Meeting, Unconfirmed
from events.campaigns.near import territory_of
from events.models import Occurrence
from tests.access.crawl import client_of
from tests.access.test_query_counts import queries_of
from tests.factories import campaigns, network, people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("postcode", "country", "code"),
    [
        ("74100", "FR", "74"), ("20000", "FR", "2A"), ("20200", "FR", "2B"), ("97400", "FR", "974"),
        ("1205", "CH", "CH-GE"), ("1205", "FR", None), ("74100", "CH", None), ("99999", "FR", None),
        ("n'importe quoi", "FR", None), ("74100", "SN", None), ("", "FR", None),
    ],
)  # fmt: skip
def test_a_postcode_leads_to_its_departement_or_canton(postcode, country, code):
    assert territory_of(postcode, country) == code


@pytest.fixture
def week():
    return campaigns.campaign()


def page(week, **asked):
    return client_of(None).get(week.get_absolute_url(), asked)


def coordinators(answer) -> list[str]:
    return [one.actor.name for one in answer.context["coordinators"]]


def test_near_me_are_the_coordinators_of_the_narrowest_ground_and_what_takes_place_there(week):
    here = network.actor(name="Annemasse Agglo")
    network.contact_of(here, name="Service public", email="public@agglo.example", is_public=True)
    network.contact_of(here, name="Privée", email="prive@agglo.example", phone="0600000000")
    campaigns.coordination(week, network.actor(name="La Région"), "FR-ARA")
    campaigns.coordination(week, here)
    campaigns.coordination(week, network.actor(name="Ville de Genève"), "CH-GE")
    campaigns.activity(week, here, state="accepted", title="Ici même")
    campaigns.activity(week, here, state="accepted", title="Là-bas", city="Genève", postcode="1205", country="CH")
    campaigns.activity(week, here, title="Pas encore lue")

    answer = page(week, cp="74100", pays="FR")
    text = answer.content.decode()
    assert coordinators(answer) == ["Annemasse Agglo", "La Région"]
    assert [row.event.title for row in answer.context["rows"]] == ["Ici même"]
    assert "public@agglo.example" in text
    assert "prive@agglo.example" not in text
    assert "0600000000" not in text
    assert coordinators(page(week, cp="1205", pays="CH")) == ["Ville de Genève"]
    assert "Pas encore lue" not in page(week).content.decode()


def test_where_nobody_coordinates_the_general_contact_answers(week):
    answer = page(week, cp="97400")
    assert coordinators(answer) == []
    assert "semaine@cite.example" in answer.content.decode()


def test_nonsense_is_said_beside_the_field(week):
    answer = page(week, cp="' OR 1=1", pays="FR")
    assert answer.status_code == 200
    assert "cp" in answer.context["form"].errors


def test_the_agenda_is_narrowed_to_a_campaign(week):
    organiser = network.actor()
    campaigns.activity(week, organiser, state="accepted", title="De la Semaine")
    campaigns.activity(week, organiser, state="declined", title="Déclinée")
    answer = client_of(None).get(reverse("agenda"), {"campagne": week.year})
    assert [row.event.title for row in answer.context["rows"]] == ["De la Semaine"]
    facet = next(one for one in answer.context["facets"] if one.name == "campagne")
    assert [(option.value, option.count) for option in facet.options] == [(str(week.year), 1)]


def test_a_draft_campaign_is_seen_by_those_who_prepare_it(week, animator):
    here, owner = network.owned_actor()
    campaigns.coordination(week, here)
    Campaign.objects.update(state="draft")
    codes = [
        client_of(who).get(week.get_absolute_url()).status_code for who in (None, people.verified(), owner, animator)
    ]
    assert codes == [404, 404, 200, 200]
    assert client_of(None).get(reverse("campaign-current")).status_code == 200


def test_semaine_leads_to_the_campaign_that_comes(week):
    campaigns.campaign(
        year=week.year - 1, first_day=week.first_day - timedelta(days=365), last_day=week.last_day - timedelta(days=365)
    )
    assert client_of(None).get("/semaine/")["Location"] == week.get_absolute_url()


# The coordinator's view ---------------------------------------------------------------------------


def coordination(week, person, **asked):
    return client_of(person).get(reverse("coordination", args=[week.year]), asked)


def test_a_coordinator_sees_its_ground_alone(week, animator):
    here, owner = network.owned_actor(city="Annemasse", postcode="74100", country="FR")
    network.actor(city="Thonon-les-Bains", postcode="74200", country="FR")
    network.actor(city="Carouge", postcode="1227", country="CH")
    campaigns.coordination(week, here)
    mine = campaigns.activity(week, here, state="accepted", day=0)
    Occurrence.objects.filter(event=mine.event).update(taken=12)
    campaigns.activity(week, here, state="accepted", day=3, city="Genève", postcode="1205", country="CH")
    campaigns.meeting(week)
    campaigns.meeting(week, "CH-GE", title="À Genève")

    answer = coordination(week, owner)
    figures, empty = answer.context["figures"], answer.context["empty"]
    assert (figures.events, figures.towns, figures.organisers, figures.registrations) == (1, 1, 1, 12)
    assert empty.days == week.days[1:]
    assert empty.towns == ["Thonon-les-Bains"]
    assert "À Genève" not in answer.content.decode()

    everywhere = coordination(week, animator)
    assert everywhere.context["figures"].events == 2
    assert everywhere.context["empty"].towns == ["Carouge", "Thonon-les-Bains"]
    assert coordination(week, animator, territoire="CH-GE").context["figures"].events == 1


def test_others_do_not_coordinate(week):
    _actor, owner = network.owned_actor()
    assert coordination(week, owner).status_code == 403
    assert coordination(week, None).status_code == 302


def test_the_sheet_holds_the_ground_and_runs_no_formula(week):
    here, owner = network.owned_actor()
    campaigns.coordination(week, here)
    campaigns.activity(week, here, title="=1+1", structure="Cinéma", proposer_email="zoe@cinema.example")
    campaigns.activity(week, here, title="Ailleurs", city="Genève", postcode="1205", country="CH")
    answer = client_of(owner).get(reverse("coordination-export", args=[week.year]))
    text = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in text
    assert "zoe@cinema.example" in text
    assert "Ailleurs" not in text


def test_a_meeting_is_added_and_ticked_by_those_of_its_ground(week):
    here, owner = network.owned_actor()
    _there, stranger = network.owned_actor()
    campaigns.coordination(week, here)
    add = reverse("meeting-create", args=[week.year])
    client_of(owner).post(add, {"title": "Bilan", "on": "2027-01-10", "territory": "74"})
    client_of(owner).post(add, {"title": "Ailleurs", "on": "2027-01-10", "territory": "CH-GE"})
    meeting = Meeting.objects.get()
    done = reverse("meeting-done", args=[meeting.pk])
    assert client_of(stranger).post(done, {"done": "1"}).status_code == 404
    client_of(owner).post(done, {"done": "1"})
    meeting.refresh_from_db()
    assert (meeting.is_done, meeting.done_by) == (True, owner)


def test_pages_cost_as_many_queries_with_one_row_as_with_many(week):
    here, owner = network.owned_actor()
    campaigns.coordination(week, here)

    def grow() -> None:
        campaigns.coordination(week, network.actor(contact={"is_public": True}))
        for state in ("proposed", "accepted"):
            campaigns.activity(week, network.actor(city="Cluses", postcode="74300"), state=state, proposer=owner)
            campaigns.support(week, actor=network.actor(), state=state, proposer=owner)
        campaigns.meeting(week)

    addresses = {
        week.get_absolute_url() + "?cp=74100": 15, reverse("coordination", args=[week.year]): 22,
        reverse("proposal-list"): 15, reverse("proposal-list") + "?type=soutiens": 15,
    }  # fmt: skip
    grow()
    before = {address: len(queries_of(client_of(owner), address)) for address in addresses}
    grow()
    grow()
    after = {address: len(queries_of(client_of(owner), address)) for address in addresses}
    assert before == after
    assert {address: number for address, number in after.items() if number > addresses[address]} == {}


# How long people are known ------------------------------------------------------------------------


def test_who_proposed_without_an_account_is_forgotten_half_a_year_after(week):
    known = {"structure": "Cinéma", "proposer_name": "Zoé", "proposer_email": "zoe@cinema.example"}
    campaigns.activity(week, network.actor(), **known)
    campaigns.support(week, **known)
    Unconfirmed.objects.create(
        campaign=week, what="ask", email="a@test.example", data={}, structure="S", form_key=uuid4(),
        created_at=timezone.now() - timedelta(days=4),
    )  # fmt: skip
    retention.apply_all()
    assert Activity.objects.get().proposer_email
    assert not Unconfirmed.objects.exists()

    over = timezone.localdate() - timedelta(days=181)
    Campaign.objects.update(first_day=over, last_day=over)
    retention.apply_all()
    activity, support = Activity.objects.get(), week.support.get()
    assert (activity.proposer_name, activity.proposer_email, activity.structure) == ("", "", "Cinéma")
    assert (support.proposer_name, support.proposer_email) == ("", "")
