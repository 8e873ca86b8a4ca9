"""Two actors become one: requests, references and offers become one; nobody helps oneself."""

import pytest

from actors.merging import merge
from projects.support.models import ExpertOffer, SupportRequest
from tests.factories import network, people, support

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return network.owned_actor()[0], network.owned_actor()[0]


def join(pair) -> None:
    merge(kept=pair[0], absorbed=pair[1], choices={}, acting_user=people.animator())


def test_requests_and_references_of_both_are_the_kept_ones(pair):
    kept, absorbed = pair
    asked = support.request(absorbed)
    helped = support.request(network.actor(), expert=absorbed, state="under_way")
    shown = support.reference(absorbed, network.actor())
    join(pair)
    assert set(SupportRequest.objects.filter(actor=kept)) == {asked}
    assert set(SupportRequest.objects.filter(expert=kept)) == {helped, shown}
    assert {row.state for row in SupportRequest.objects.all()} == {"waiting", "under_way", "confirmed"}
    assert list(SupportRequest.objects.references()) == [shown]


def test_nobody_helps_oneself(pair):
    kept, absorbed = pair
    under_way = support.request(kept, expert=absorbed, state="under_way")
    support.reference(absorbed, kept)
    join(pair)
    under_way.refresh_from_db()
    assert (under_way.state, under_way.expert, under_way.actor) == ("waiting", None, kept)
    assert not SupportRequest.objects.references().exists()


def test_of_two_offers_of_a_kind_the_confirmed_one_stays(pair):
    kept, absorbed = pair
    support.offers(kept, "event", state="waiting")
    support.offers(absorbed, "event", sentence="Dix festivals.")
    support.offers(absorbed, "coaching")
    join(pair)
    found = {offer.kind: (offer.sentence, offer.state) for offer in ExpertOffer.objects.filter(actor=kept)}
    assert found["event"] == ("Dix festivals.", "confirmed")
    assert (len(found), ExpertOffer.objects.count()) == (2, 2)
