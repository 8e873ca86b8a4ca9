"""Who decides on which ground, what a decision makes, who hears of it, and two deciding at once."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from actors.merging import merge
from coexist.common.mail.models import OutgoingEmail
from events.campaigns import links, moderation
from events.campaigns.enums import Direction
from events.campaigns.models import Activity, Coordination, Support
from events.campaigns.proposals import CampaignError
from projects.matching.models import MatchingDue, Refusal
from projects.models import Need
from tests.access.crawl import client_of
from tests.factories import campaigns, network, people

pytestmark = pytest.mark.django_db


class Grounds:
    """A campaign with a coordinator here (74) and another there (Genève), and something proposed here."""

    def __init__(self) -> None:
        self.week = campaigns.campaign()
        self.here, self.owner = network.owned_actor()
        self.there, self.stranger = network.owned_actor()
        campaigns.coordination(self.week, self.here)
        campaigns.coordination(self.week, self.there, "CH-GE")
        self.organiser, self.proposer = network.owned_actor()
        self.activity = campaigns.activity(self.week, self.organiser, proposer=self.proposer)


@pytest.fixture
def grounds():
    return Grounds()


def decide(person, proposal, to="accepted", **fields):
    address = reverse("proposal-decide", args=[proposal.kind_in_address, proposal.pk])
    return client_of(person).post(address, {"seen": proposal.turn, "to": to, **fields})


def told(kind="campaign_decided"):
    return list(OutgoingEmail.objects.filter(kind_code=kind).order_by("pk").values_list("address", flat=True))


def test_the_grounds_coordinator_accepts_and_the_event_is_public(grounds):
    decide(grounds.owner, grounds.activity)

    activity = Activity.objects.get()
    assert (activity.state, activity.event.state, activity.agenda_year) == ("accepted", "published", grounds.week.year)
    assert told() == [grounds.proposer.email]
    last = activity.decisions.last()
    assert (last.before, last.after, last.by) == ("proposed", "accepted", grounds.owner)


@pytest.mark.parametrize("who", ["stranger", "proposer", "reader", "suspended", "member", "visitor"])
def test_nobody_else_decides(grounds, who):
    codes = {"proposer": 403, "visitor": 302}
    person = {
        "stranger": lambda: grounds.stranger, "proposer": lambda: grounds.proposer, "visitor": lambda: None,
        "member": people.verified, "reader": lambda: _reader(grounds), "suspended": lambda: _suspended(grounds),
    }[who]()  # fmt: skip
    assert decide(person, grounds.activity).status_code == codes.get(who, 404)
    assert Activity.objects.get().state == "proposed"


def _reader(grounds):
    person = people.verified()
    network.join(person, grounds.here, "reader")
    return person


def _suspended(grounds):
    type(grounds.here).objects.filter(pk=grounds.here.pk).update(state="suspended")
    return grounds.owner


def test_an_animator_decides_everywhere(grounds, animator):
    nowhere = campaigns.activity(grounds.week, grounds.organiser, city="Bellegarde", postcode="01200")
    for activity in (grounds.activity, nowhere):
        assert decide(animator, activity).status_code == 302
    assert Activity.objects.filter(state="accepted").count() == 2


def test_a_coordinator_of_the_region_decides_in_its_departements(grounds):
    region, owner = network.owned_actor()
    campaigns.coordination(grounds.week, region, "FR-ARA")
    assert decide(owner, grounds.activity).status_code == 302


def test_declining_and_asking_for_more_need_a_reason(grounds):
    for to in ("declined", "changes"):
        assert decide(grounds.owner, grounds.activity, to).context["refused"]
    assert Activity.objects.get().state == "proposed"
    assert not told()


def test_what_was_asked_for_is_answered_and_waits_again(grounds):
    decide(grounds.owner, grounds.activity, "changes", why="À quelle heure ?")
    activity = Activity.objects.get()
    address = reverse("proposal-own", args=["activites", activity.pk])
    client_of(grounds.proposer).post(address, {"seen": activity.turn, "text": "À vingt heures."})

    activity.refresh_from_db()
    assert (activity.state, activity.decisions.last().why) == ("proposed", "À vingt heures.")


def test_without_an_account_one_follows_and_withdraws_by_the_mailed_link(grounds):
    held = campaigns.activity(
        grounds.week, grounds.here, structure="Cinéma", proposer_name="Zoé", proposer_email="zoe@cinema.example"
    )
    decide(grounds.owner, held)
    assert told() == ["zoe@cinema.example"]
    visitor, address = client_of(None), links.follow_path(held)
    page = visitor.get(address).content.decode()
    assert grounds.owner.name not in page
    held.refresh_from_db()
    visitor.post(address, {"seen": held.turn, "withdraw": "1"})

    held = Activity.objects.select_related("event").get(pk=held.pk)
    assert (held.state, held.event.state, held.agenda_year) == ("withdrawn", "cancelled", None)


def test_an_actor_that_withdraws_keeps_its_own_event(grounds):
    decide(grounds.owner, grounds.activity)
    address = reverse("proposal-own", args=["activites", grounds.activity.pk])
    client_of(grounds.proposer).post(address, {"seen": 1, "withdraw": "1"})
    activity = Activity.objects.get()
    assert (activity.state, activity.event.state, activity.agenda_year) == ("withdrawn", "published", None)


def test_from_a_page_that_is_out_of_date_nothing_is_decided(grounds, animator):
    decide(grounds.owner, grounds.activity, "declined", why="Complet.")
    answer = decide(animator, grounds.activity)
    assert "Entre-temps" in answer.context["refused"]
    assert Activity.objects.get().state == "declined"
    assert len(told()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told():
    grounds, late, gate = Grounds(), [], threading.Barrier(2)
    second = people.verified()
    network.join(second, grounds.here, "editor")

    def choose(person, to):
        gate.wait()
        try:
            moderation.decide(proposal=grounds.activity, to=to, seen=0, why="Parce que.", acting_user=person)
        except CampaignError as refused:
            late.append(str(refused))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=choose, args=choice) for choice in ((grounds.owner, "accepted"), (second, "declined"))
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    activity = Activity.objects.get()
    assert activity.turn == 1
    assert len(late) == 1
    assert late[0].startswith("Entre-temps")
    assert (activity.event.state == "published") == (activity.state == "accepted")
    assert len(told()) == 1


# Support ----------------------------------------------------------------------------------------


def test_an_accepted_ask_is_a_need_of_the_campaign_and_is_matched(grounds):
    ask = campaigns.support(grounds.week, actor=grounds.organiser, proposer=grounds.proposer)
    decide(grounds.owner, ask)

    need = Need.objects.get()
    assert (need.project, need.state, need.kind) == (grounds.week.project, "published", "premises")
    assert (need.modes, need.ends_on) == (["loan", "partnership"], grounds.week.last_day)
    assert Support.objects.get().need == need
    assert MatchingDue.objects.filter(subject="need", subject_id=need.pk).exists()
    assert Refusal.objects.get().actor == grounds.organiser, "nobody is proposed for what they ask for themselves"


def test_a_withdrawn_ask_is_looked_for_no_more(grounds):
    ask = campaigns.support(grounds.week, actor=grounds.organiser, proposer=grounds.proposer)
    decide(grounds.owner, ask)
    moderation.withdraw(proposal=ask, seen=1, acting_user=grounds.proposer)
    assert Need.objects.get().state == "closed"


def test_an_offer_is_tied_to_an_ask_and_both_sides_hear_of_it(grounds):
    ask = campaigns.support(grounds.week, structure="MJC", proposer_email="mjc@test.example", proposer_name="M")
    decide(grounds.owner, ask)
    offer = campaigns.support(grounds.week, Direction.OFFER, actor=grounds.organiser, proposer=grounds.proposer)
    client_of(grounds.owner).post(
        reverse("support-tie", args=[offer.pk]), {"seen": 0, "ask": ask.pk, "fills": "on"}
    )  # fmt: skip

    offer.refresh_from_db()
    assert (offer.state, offer.tied_to) == ("accepted", ask)
    assert Need.objects.get().state == "filled"
    assert told() == ["mjc@test.example", grounds.proposer.email]
    assert told("campaign_tied") == ["mjc@test.example"]


def test_an_offer_is_not_tied_to_an_ask_of_another_ground(grounds):
    ask = campaigns.support(grounds.week, territory="CH-GE", structure="MQ", state="accepted")
    offer = campaigns.support(grounds.week, Direction.OFFER, structure="MJC")
    address = reverse("support-tie", args=[offer.pk])
    assert client_of(grounds.owner).post(address, {"seen": 0, "ask": ask.pk}).status_code == 200
    assert Support.objects.get(pk=offer.pk).tied_to is None


# Actors that merge --------------------------------------------------------------------------------


def test_of_two_coordinators_that_merge_one_ground_is_left(grounds, animator):
    twin = network.actor()
    campaigns.coordination(grounds.week, twin)
    campaigns.coordination(grounds.week, twin, "01")
    merge(kept=grounds.here, absorbed=twin, choices={}, acting_user=animator)
    rows = Coordination.objects.filter(actor=grounds.here).values_list("territory", flat=True)
    assert sorted(rows) == ["01", "74"]
