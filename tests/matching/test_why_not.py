""" "Pourquoi pas cet acteur ?": each gate in words with both sides' facts, or the rank and what was missing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.enums import ActorState
from actors.models import Actor
from projects.enums import NeedState
from projects.matching import run, why_not
from projects.matching.candidates import eligible_offers
from projects.matching.gates import GATES
from projects.matching.models import Match, OfferPoint, Refusal
from projects.models import Need
from tests.factories import network, people

pytestmark = pytest.mark.django_db

TEXT = "Relecture de statuts associatifs"
AHEAD = date.today() + timedelta(days=100)


class Pair:
    """A need and an actor in the same words: only a gate can part them."""

    def __init__(self, need_fields=None, offer_fields=None) -> None:
        project = network.project(network.actor(name="Eau et Vie"))
        self.need = network.need(project, TEXT, **(need_fields or {}))
        self.actor = network.actor(name="L'Atelier des Statuts", acronym="ADS")
        self.offer = network.offer(self.actor, TEXT, **(offer_fields or {}))
        network.read(self.need, self.actor, self.offer)

    def ask(self) -> why_not.Answer:
        need = Need.objects.select_related("project__lead").prefetch_related("skills").get(pk=self.need.pk)
        return why_not.why_not(need, Actor.objects.get(pk=self.actor.pk))

    @property
    def path(self) -> str:
        return reverse("admin:matching_match_why_not", args=[self.need.pk])


@pytest.fixture
def pair():
    return Pair()


def test_an_actor_that_passes_is_told_its_rank_band_and_reasons(pair):
    answer = pair.ask()
    assert answer.passes
    assert answer.offers[0].stops == []
    place = answer.place
    assert (place.rank, place.scored, place.proposed, place.is_proposed) == (1, 1, 1, True)
    (found,) = run.match_need(pair.need)
    assert place.band == found.get_band_display()
    assert place.why.reasons
    assert (place.last, place.gaps) == (None, [])


@pytest.mark.parametrize("state", [state for state in ActorState if state != ActorState.APPROVED])
def test_an_actor_that_is_not_approved(pair, state):
    Actor.objects.filter(pk=pair.actor.pk).update(state=state)
    (sentence,) = pair.ask().actor_stops
    assert str(state.label) in sentence


def test_an_actor_that_became_another(pair):
    kept = network.actor(name="La Maison des Statuts")
    Actor.objects.filter(pk=pair.actor.pk).update(state=ActorState.ARCHIVED, merged_into=kept)
    assert "La Maison des Statuts" in pair.ask().actor_stops[0]


def test_ones_own_need(pair):
    pair.actor = pair.need.project.lead
    answer = pair.ask()
    assert "Eau et Vie porte ce projet" in answer.actor_stops[0]
    assert answer.offers == []


@pytest.mark.parametrize(("by_actor", "words"), [(True, "L'acteur a répondu"), (False, "Le projet n'a pas retenu")])
def test_a_refusal_with_who_said_it_and_why(pair, by_actor, words):
    Refusal.objects.create(need=pair.need, actor=pair.actor, by_actor=by_actor, reason="place")
    (sentence,) = pair.ask().actor_stops
    assert words in sentence
    assert "Trop loin, ou pas notre territoire" in sentence


def test_modes_of_both_sides_offer_by_offer():
    pair = Pair({"modes": ["pro_bono", "donation"]}, {"modes": ["paid"]})
    passing = network.offer(pair.actor, "Prêt de tables pliantes", modes=["donation"])
    network.read(passing)
    answer = pair.ask()
    assert [(one.offer, bool(one.stops)) for one in answer.offers] == [(pair.offer, True), (passing, False)]
    assert answer.offers[0].stops == ["Aucune modalité commune. Besoin : pro bono, don. Offre : prestation payante."]
    assert answer.passes


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ({"ends_on": AHEAD}, {"available_from": AHEAD + timedelta(days=1)}),
        ({"starts_on": AHEAD}, {"available_until": AHEAD - timedelta(days=1)}),
        (
            {"starts_on": AHEAD, "ends_on": AHEAD},
            {"available_from": AHEAD + timedelta(days=2), "available_until": AHEAD + timedelta(days=3)},
        ),
    ],
)
def test_dates_of_both_sides(wanted, given):
    pair = Pair(wanted, given)
    (sentence,) = pair.ask().offers[0].stops
    assert sentence.startswith("Les dates ne se croisent pas.")
    assert sentence.count(str(AHEAD.year)) >= 2
    assert not pair.ask().passes


def test_an_offer_that_the_engine_has_not_read(pair):
    OfferPoint.objects.all().delete()
    (sentence,) = pair.ask().offers[0].stops
    assert "pas encore lu cette offre" in sentence


def test_several_gates_are_all_told():
    pair = Pair({"modes": ["pro_bono"], "ends_on": AHEAD}, {"modes": ["paid"], "available_from": AHEAD + timedelta(9)})
    assert len(pair.ask().offers[0].stops) == 2


def ended(pair):
    Need.objects.filter(pk=pair.need.pk).update(state=NeedState.FILLED)


def past(pair):
    Need.objects.filter(pk=pair.need.pk).update(ends_on="2020-02-03")


def lead_suspended(pair):
    Actor.objects.filter(pk=pair.need.project.lead_id).update(state=ActorState.SUSPENDED)


def not_read(pair):
    Need.objects.filter(pk=pair.need.pk).update(vector=None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ended, "Besoin : pourvu"),
        (past, "3 février 2020"),
        (lead_suspended, "Eau et Vie : "),
        (not_read, "pas encore lu"),
    ],
)
def test_a_need_that_is_proposed_to_nobody(pair, change, words):
    change(pair)
    answer = pair.ask()
    assert words in " ".join(answer.need_stops)
    assert not answer.passes
    assert answer.place is None


def test_an_actor_without_offers(client, animator, pair):
    pair.actor.offers.all().delete()
    assert pair.ask() == why_not.Answer()
    client.force_login(animator)
    assert "décrit aucune offre" in client.get(pair.path, {"actor": pair.actor.pk}).content.decode()


def test_an_actor_that_is_too_far_to_be_compared(pair, monkeypatch):
    monkeypatch.setattr("projects.matching.run.actors_for", lambda need, query, words: set())
    answer = pair.ask()
    assert (answer.passes, answer.is_read, answer.place) == (True, True, None)


def test_what_the_actor_lacked_against_the_last_proposed_one(pair):
    far = network.actor(name="Cuisines du lac")
    network.read(far, network.offer(far, "Prêt de marmites", kind="equipment"))
    pair.actor, near = far, pair.actor
    place = pair.ask().place
    assert (place.rank, place.proposed, place.is_proposed, place.band) == (2, 1, False, "")
    assert (place.last, place.last_band) == (near, "fort")
    assert place.gaps[0].is_large
    assert "la nature de ce qui est proposé" in [gap.part for gap in place.gaps]


def test_a_lesson_of_a_refusal_is_among_the_reasons(pair):
    declined = network.need(network.project(network.actor()), TEXT)
    Refusal.objects.create(need=declined, actor=pair.actor, by_actor=True, reason="no_time")
    assert f"A décliné un besoin proche : {TEXT}" in pair.ask().place.why.doubt


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_each_gate_has_its_words_and_agrees_with_the_engine(pair, gate):
    """Whatever stops the pair is told, and what nothing stops is eligible."""
    breaks = {
        "approved": lambda: Actor.objects.filter(pk=pair.actor.pk).update(state="suspended"),
        "own_need": lambda: type(pair.need.project).objects.update(lead=pair.actor),
        "refused": lambda: Refusal.objects.create(need=pair.need, actor=pair.actor, by_actor=True, reason="other"),
        "modes": lambda: pair.actor.offers.update(modes=["paid"]),
        "dates": lambda: (
            Need.objects.update(ends_on=AHEAD), pair.actor.offers.update(available_from=AHEAD + timedelta(days=1))
        ),
        "read": lambda: OfferPoint.objects.all().delete(),
    }  # fmt: skip
    assert eligible_offers(pair.need).exists()
    breaks[gate.code]()
    answer = pair.ask()
    told = [*answer.actor_stops, *answer.offers[0].stops]
    assert len(told) == 1
    need = Need.objects.select_related("project").get(pk=pair.need.pk)
    assert not eligible_offers(need).exists()
    assert not answer.passes


# The page -------------------------------------------------------------------------------------


def read(client, pair, **params) -> str:
    answer = client.get(pair.path, params)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_page_of_a_need_to_the_answer(client, animator, pair):
    client.force_login(animator)
    page = client.get(reverse("admin:projects_need_change", args=[pair.need.pk])).content.decode()
    assert f'action="{pair.path}"' in page
    assert "rang 1 sur 1" in read(client, pair, q="atelier des statuts")
    assert "rang 1 sur 1" in read(client, pair, q="ads")
    assert "rang 1 sur 1" in read(client, pair, actor=pair.actor.pk)
    assert not Match.objects.exists()


def test_several_names_are_offered_and_no_more_than_twenty(client, animator, pair):
    for number in range(25):
        network.actor(name=f"Atelier {number}", state="draft")
    client.force_login(animator)
    page = read(client, pair, q="ATELIER")
    assert page.count('<a href="?actor=') == 20
    assert "écrivez-en davantage" in page


@pytest.mark.parametrize(
    "params",
    [
        {}, {"q": ""}, {"q": "  "}, {"q": "personne"}, {"q": "a\0b"}, {"q": "%_\\"}, {"q": "x" * 500}, {"actor": "0"},
        {"actor": "abc"}, {"actor": "-1"}, {"actor": "9" * 40}, {"actor": "1\0"}, {"q": "<script>alert(1)</script>"},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(client, animator, pair, params):
    client.force_login(animator)
    page = read(client, pair, **params)
    assert "rang 1" not in page
    assert "<script>alert" not in page


def test_a_colleague_without_the_right_is_refused(client, pair):
    client.force_login(people.verified(is_staff=True))
    assert client.get(pair.path).status_code == 403


def test_a_need_that_does_not_exist_is_not_found(client, animator):
    client.force_login(animator)
    assert client.get(reverse("admin:matching_match_why_not", args=[0])).status_code == 404


def test_more_offers_cost_no_more_queries(pair):
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            pair.ask()
        return len(caught)

    pair.ask()
    with_one = cost()
    offers = [network.offer(pair.actor, TEXT) for _number in range(4)]
    network.read(*offers)
    assert cost() == with_one
