"""Gates let a pair through or not; they never make it better or worse."""

import random
from datetime import date, timedelta

import pytest

from actors.enums import ActorState, Mode, OfferKind
from actors.models import Offer
from projects.enums import NeedState, ProjectState
from projects.matching.candidates import actors_for, eligible_needs, eligible_offers, needs_for
from projects.matching.frequencies import Rarity, Words
from projects.matching.models import Refusal
from projects.matching.reading import index_need, point_of
from projects.matching.run import match_actor, match_need, rank_actors
from projects.models import Need
from tests.factories import network

pytestmark = pytest.mark.django_db

SAME_TEXT = "Relecture de statuts associatifs"
FAR_AHEAD = date.today() + timedelta(days=365)


def pair(offer_fields=None, need_fields=None, **actor_fields):
    """A need and an offer in the same words, so that only a gate can part them."""
    need = network.need(network.project(network.actor()), SAME_TEXT, **(need_fields or {}))
    offer = network.offer(network.actor(**actor_fields), SAME_TEXT, **(offer_fields or {}))
    network.read(offer, offer.actor)
    index_need(need)
    return need, offer


def meets(need: Need, offer: Offer) -> bool:
    """Asked from both sides, which must agree."""
    found = eligible_offers(need).filter(pk=offer.pk).exists()
    assert eligible_needs(offer).filter(pk=need.pk).exists() == (found and need.is_open)
    return found


def ranked(need: Need) -> list[int]:
    return [found.actor for found in rank_actors(need)]


def test_an_approved_actor_with_the_same_words_passes():
    need, offer = pair()
    assert meets(need, offer)
    assert ranked(need) == [offer.actor_id]


@pytest.mark.parametrize("state", [state for state in ActorState if state != ActorState.APPROVED])
def test_an_actor_that_is_not_approved_is_out(state):
    need, _offer = pair(state=state)
    assert not eligible_offers(need).exists()
    assert ranked(need) == []


def test_nobody_is_proposed_for_their_own_need():
    lead = network.actor()
    need, own = network.need(network.project(lead), SAME_TEXT), network.offer(lead, SAME_TEXT)
    other = network.offer(network.actor(), "Prêt de tables pliantes")
    network.read(own, lead, other, other.actor)
    index_need(need)
    assert not meets(need, own)
    assert ranked(need) == [other.actor_id]
    assert match_actor(lead) == []


@pytest.mark.parametrize("by_actor", [True, False])
def test_a_refusal_by_either_side_closes_this_need_and_no_other(by_actor):
    need, offer = pair()
    other_need = network.need(need.project, SAME_TEXT)
    index_need(other_need)
    Refusal.objects.create(need=need, actor=offer.actor, by_actor=by_actor, reason="no_time")
    assert not meets(need, offer)
    assert meets(other_need, offer)
    assert ranked(need) == []


def test_a_refusal_by_one_actor_leaves_the_others():
    need, offer = pair()
    other = network.offer(network.actor(), SAME_TEXT)
    network.read(other, other.actor)
    Refusal.objects.create(need=need, actor=offer.actor, by_actor=True, reason="no_time")
    assert ranked(need) == [other.actor_id]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (["pro_bono"], ["paid"], False),
        (["pro_bono", "donation"], ["paid", "loan"], False),
        (["pro_bono", "donation"], ["paid", "donation"], True),
        ([], ["paid"], True),
        (["pro_bono"], [], True),
        ([], [], True),
    ],
)
def test_one_mode_in_common_is_needed_where_both_say_some(wanted, given, expected):
    need, offer = pair({"modes": given}, {"modes": wanted})
    assert meets(need, offer) is expected


DAY = {name: FAR_AHEAD + timedelta(days=number) for number, name in enumerate("abcdef")}


@pytest.mark.parametrize(
    ("need_dates", "offer_dates", "expected"),
    [
        (("a", "b"), ("c", "d"), False),
        (("c", "d"), ("a", "b"), False),
        (("a", "c"), ("b", "d"), True),
        (("a", "b"), ("b", "c"), True),  # the last day of one is the first of the other
        (("b", "c"), ("a", "d"), True),
        (("c", None), (None, "b"), False),
        ((None, "b"), ("c", None), False),
        ((None, None), ("a", "b"), True),
        (("a", "b"), (None, None), True),
        (("a", None), ("c", None), True),
        ((None, "c"), (None, "a"), True),
    ],
)
def test_dates_must_overlap_and_missing_ones_are_neutral(need_dates, offer_dates, expected):
    first, last = (DAY.get(day) for day in need_dates)
    start, end = (DAY.get(day) for day in offer_dates)
    need, offer = pair({"available_from": start, "available_until": end}, {"starts_on": first, "ends_on": last})
    assert meets(need, offer) is expected


@pytest.mark.parametrize("kind", OfferKind)
def test_kind_is_never_a_gate(kind):
    need, offer = pair({"kind": kind}, {"kind": OfferKind.SKILL})
    assert meets(need, offer)
    assert ranked(need) == [offer.actor_id]


def test_one_offer_through_the_gates_lets_the_actor_in_with_that_offer_only():
    need, barred = pair({"modes": ["paid"]})
    passing = network.offer(barred.actor, "Prêt de tables pliantes", modes=["pro_bono"])
    network.read(passing)
    found = rank_actors(need)
    assert [(score.actor, score.offer) for score in found] == [(barred.actor_id, passing.pk)]


def test_an_offer_not_read_yet_waits():
    need, offer = pair()
    fresh = network.offer(network.actor(), SAME_TEXT)
    assert not eligible_offers(need).filter(pk=fresh.pk).exists()
    assert ranked(need) == [offer.actor_id]


def closed(need):
    need.state = NeedState.CLOSED
    need.save()


def project_closed(need):
    need.project.state = ProjectState.CLOSED
    need.project.save()


def lead_suspended(need):
    need.project.lead.state = ActorState.SUSPENDED
    need.project.lead.save()


def past(need):
    need.ends_on = date.today() - timedelta(days=2)
    need.save()


@pytest.mark.parametrize("shut", [closed, project_closed, lead_suspended, past])
def test_a_need_that_is_not_open_is_proposed_to_nobody(shut):
    need, offer = pair()
    assert needs_for(offer.actor) == {need.pk}
    shut(need)
    assert not eligible_needs(offer).exists()
    assert needs_for(offer.actor) == set()


def test_a_gated_actor_gets_no_match_though_nothing_else_suits_the_need():
    need, _offer = pair({"modes": ["paid"]})
    assert match_need(need) == []


@pytest.mark.parametrize("seed", range(4))
def test_both_directions_agree_with_the_rules_on_random_data(seed):
    draw = random.Random(seed)
    actors = [network.actor(state=draw.choice(["approved", "approved", "suspended", "draft"])) for _ in range(8)]
    leads = [actor for actor in actors if actor.is_approved] or [network.actor()]
    projects = [network.project(lead) for lead in leads]
    offer_dates, need_dates = ("available_from", "available_until"), ("starts_on", "ends_on")
    offers = [network.offer(draw.choice(actors), SAME_TEXT, **_draw(draw, offer_dates)) for _ in range(14)]
    needs = [network.need(draw.choice(projects), SAME_TEXT, **_draw(draw, need_dates)) for _ in range(10)]
    refused = set()
    for need in needs:
        actor = draw.choice(actors)
        Refusal.objects.create(need=need, actor=actor, by_actor=True, reason="no_time")
        refused.add((need.pk, actor.pk))
    network.read(*offers, *actors)
    for need in needs:
        index_need(need)

    expected = {(n.pk, o.pk) for n in needs for o in offers if _by_the_rules(n, o, refused)}
    forth = {(need.pk, offer.pk) for need in needs for offer in eligible_offers(need)}
    back = {(need.pk, offer.pk) for offer in offers if offer.actor.is_approved for need in eligible_needs(offer)}

    assert forth == expected
    assert back == expected
    for need in needs:
        owners = {offer.actor_id for offer in offers if (need.pk, offer.pk) in expected}
        assert actors_for(need, point_of(need), Words({}, Rarity())) == owners


def _draw(draw: random.Random, names: tuple[str, str]) -> dict:
    """Modes and dates, often missing."""
    start, end = sorted(FAR_AHEAD + timedelta(days=draw.randrange(12)) for _ in range(2))
    modes = draw.sample([mode.value for mode in Mode], draw.choice([0, 1, 1, 2]))
    return {"modes": modes, names[0]: draw.choice([None, start]), names[1]: draw.choice([None, end])}


def _by_the_rules(need: Need, offer: Offer, refused: set) -> bool:
    """The gates once more, in plain Python."""
    latest_start = max(filter(None, [need.starts_on, offer.available_from]), default=date.min)
    earliest_end = min(filter(None, [need.ends_on, offer.available_until]), default=date.max)
    return (
        offer.actor.is_approved
        and offer.actor_id != need.project.lead_id
        and (need.pk, offer.actor_id) not in refused
        and (not need.modes or not offer.modes or bool(set(need.modes) & set(offer.modes)))
        and latest_start <= earliest_end
    )
