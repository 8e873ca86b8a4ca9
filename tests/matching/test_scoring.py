"""The score is a sum of named parts, none of them negative; what is missing changes nothing."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.matching import scoring
from projects.matching.enums import Band
from projects.matching.frequencies import Rarity
from projects.matching.scoring import BANDS, BIAS, Reason, Score, score, within_reach
from tests.factories import facts


def towards(*axes: float) -> np.ndarray:
    """A unit vector with these first coordinates: towards(1) and towards(0, 1) are unlike each other."""
    vector = np.zeros(512, dtype=np.float32)
    vector[: len(axes)] = axes
    return vector / np.linalg.norm(vector)


RIGHT, WRONG = towards(1), towards(0, 1)
WEIGHTS = (
    "OFFER_MEANING", "OFFER_TITLE_MEANING", "PROFILE_MEANING", "PROJECT_MEANING", "WORDS", "TITLE_WORDS", "SKILL",
    "KIND", "PLACE", "THEME", "LANGUAGE", "SECOND_OFFER",
)  # fmt: skip


def total(need=None, actor=None, known=None) -> float:
    return score(need or facts.need(), actor or facts.actor(), known or facts.known()).total


def codes(need, actor) -> list[str]:
    return [reason.code for reason in score(need, actor, facts.known()).reasons]


# One contribution each: the need, an actor without it and the same actor with it.
WITHOUT_AND_WITH = {
    "meaning of the offer": (facts.need(), facts.actor(), facts.actor(facts.offer(meaning=1.0))),
    "meaning of the profile": (facts.need(), facts.actor(), facts.actor(meaning=1.0)),
    "words": (facts.need(words={"eau": "eau"}), facts.actor(), facts.actor(stems=frozenset({"eau"}))),
    "skill": (
        facts.need(skills=frozenset({11})), facts.actor(facts.offer(skills=frozenset({21}))),
        facts.actor(facts.offer(skills=frozenset({11}))),
    ),
    "kind": (facts.need(kind="loan"), facts.actor(facts.offer(kind="data")), facts.actor(facts.offer(kind="loan"))),
    "place": (
        facts.need(territories=frozenset({"SN"})), facts.actor(territories=frozenset({"MG"})),
        facts.actor(territories=frozenset({"SN"})),
    ),
    "theme": (
        facts.need(themes=frozenset({6})), facts.actor(themes=frozenset({4})), facts.actor(themes=frozenset({6})),
    ),
    "language": (
        facts.need(languages=frozenset({"fr"})), facts.actor(languages=frozenset({"wo"})),
        facts.actor(languages=frozenset({"fr"})),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_AND_WITH)
def test_each_contribution_raises_the_score(name):
    need, without, having = WITHOUT_AND_WITH[name]
    assert total(need, having) > total(need, without)


def test_words_of_the_title_weigh_more_than_those_of_the_detail():
    words = {"eau": "eau", "pomp": "pompe"}
    need = facts.need(words=words, title_words={"eau": "eau"})
    assert total(need, facts.actor(stems=frozenset({"eau"}))) > total(need, facts.actor(stems=frozenset({"pomp"})))


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_a_closer_meaning_never_scores_lower(one, other):
    def with_meaning(meaning):
        return total(actor=facts.actor(facts.offer(meaning=meaning), meaning=meaning))

    assert with_meaning(max(one, other)) >= with_meaning(min(one, other))


def test_an_opposite_meaning_takes_nothing_away():
    assert total(actor=facts.actor(facts.offer(meaning=-3.0), meaning=-3.0)) == BIAS


@pytest.mark.parametrize("query", [scoring.offer_query, scoring.profile_query])
def test_what_is_like_the_need_or_what_stands_around_it_is_nearer(query):
    asked = query(RIGHT, WRONG)
    assert asked @ RIGHT > asked @ WRONG > asked @ towards(0, 0, 1) == 0


@pytest.mark.parametrize("name", WEIGHTS)
def test_no_weight_is_negative(name):
    assert getattr(scoring, name) >= 0


def test_relations_of_skills_are_ordered_same_domain_sibling_none():
    def with_skill(skill):
        return total(facts.need(skills=frozenset({11})), facts.actor(facts.offer(skills=frozenset({skill}))))

    assert with_skill(11) > with_skill(1) > with_skill(12) > with_skill(21) == total()


@pytest.mark.parametrize(("given_skill", "code"), [(11, "skill_same"), (1, "skill_domain"), (12, "skill_near")])
def test_the_relation_is_named_with_both_skills(given_skill, code):
    found = score(
        facts.need(skills=frozenset({11})), facts.actor(facts.offer(skills=frozenset({given_skill}))), facts.known()
    )
    (reason,) = [reason for reason in found.reasons if reason.code.startswith("skill")]
    assert reason.code == code
    assert reason.params["wanted"]["fr"] == "compétence 11"
    assert reason.params["given"]["fr"] == f"compétence {given_skill}"


def test_two_domains_without_parent_are_no_siblings():
    need = facts.need(skills=frozenset({1}))
    assert total(need, facts.actor(facts.offer(skills=frozenset({2})))) == total()


def test_answering_every_skill_scores_more_than_answering_one():
    need = facts.need(skills=frozenset({11, 21}))
    both, one = frozenset({11, 21}), frozenset({11})
    assert total(need, facts.actor(facts.offer(skills=both))) > total(need, facts.actor(facts.offer(skills=one)))


@pytest.mark.parametrize("field", ["territories", "themes", "languages", "skills", "modes", "starts_on", "words"])
def test_a_field_the_need_leaves_empty_is_neutral(field):
    actor = facts.actor(
        facts.offer(skills=frozenset({11}), modes=frozenset({"loan"}), available_from=date(2030, 1, 1)),
        territories=frozenset({"SN"}), themes=frozenset({6}), languages=frozenset({"fr"}), stems=frozenset({"eau"}),
    )  # fmt: skip
    other_place = {
        "territories": frozenset({"MG"}), "themes": frozenset({1}), "languages": frozenset({"wo"}),
        "skills": frozenset({21}), "modes": frozenset({"paid"}), "starts_on": date(2030, 2, 1), "words": {"sol": "sol"},
    }[field]  # fmt: skip
    # Saying nothing scores as saying something that the actor does not meet: neither adds, neither takes away.
    assert total(facts.need(), actor) == total(facts.need(**{field: other_place}), actor) == BIAS


@pytest.mark.parametrize("field", ["territories", "themes", "languages", "stems"])
def test_a_field_the_actor_leaves_empty_is_neutral(field):
    need = facts.need(
        territories=frozenset({"SN"}), themes=frozenset({6}), languages=frozenset({"fr"}), words={"eau": "eau"}
    )
    elsewhere = {"territories": "MG", "themes": 1, "languages": "wo", "stems": "sol"}[field]
    assert total(need, facts.actor()) == total(need, facts.actor(**{field: frozenset({elsewhere})})) == BIAS


def test_the_same_word_weighs_more_where_it_is_rare():
    need = facts.need(Rarity(offers=100, counts={"eau": 90, "forag": 2}), words={"eau": "eau", "forag": "forage"})
    common, rare = facts.actor(stems=frozenset({"eau"})), facts.actor(stems=frozenset({"forag"}))
    assert total(need, rare) > total(need, common)


def test_rarity_is_never_negative_even_when_counts_are_out_of_date():
    assert Rarity(offers=3, counts={"eau": 50}).of("eau") >= 0
    assert Rarity().of("eau") >= 0


@pytest.mark.parametrize("order", [1, -1])
def test_the_best_offer_is_chosen_and_the_second_adds_a_little(order):
    need = facts.need()
    best, second = facts.offer(pk=1, meaning=6.0), facts.offer(pk=2, meaning=4.0)
    both = score(need, facts.actor(*[best, second][::order]), facts.known())
    alone = score(need, facts.actor(best), facts.known())
    assert both.offer == alone.offer == 1
    assert alone.total < both.total < alone.total + scoring.OFFER_MEANING * scoring.SECOND_OFFER


def full_pair():
    need = facts.need(
        skills=frozenset({11}), modes=frozenset({"loan"}), words={"eau": "eau"}, title_words={"eau": "eau"},
        territories=frozenset({"SN"}), themes=frozenset({6}), languages=frozenset({"fr"}),
    )  # fmt: skip
    offer = facts.offer(kind="skill", meaning=6.0, skills=frozenset({11}), modes=frozenset({"loan"}))
    actor = facts.actor(
        offer, replace(offer, pk=11), stems=frozenset({"eau"}), meaning=6.0, territories=frozenset({"SN"}),
        themes=frozenset({6}), languages=frozenset({"fr"}),
    )  # fmt: skip
    return need, actor


def test_the_total_is_the_bias_and_the_sum_of_the_reasons():
    found = score(*full_pair(), facts.known())
    assert found.total == pytest.approx(BIAS + sum(reason.value for reason in found.reasons), abs=1e-3)
    assert {reason.code for reason in found.reasons} == {
        "meaning", "skill_same", "kind", "mode", "profile", "words", "place", "theme", "language", "second_offer",
    }  # fmt: skip


def some(*values, most=3):
    return st.frozensets(st.sampled_from(values), max_size=most)


STEMS, SKILLS, MODES = ("eau", "pomp", "forag", "sol"), (1, 11, 12, 2, 21), ("loan", "paid", "donation")
ANYWHERE = {"territories": some("74", "FR-ARA", "FR", "SN"), "themes": some(1, 4, 6), "languages": some("fr", "wo")}
ANY_NEED = st.builds(
    facts.need, st.just(Rarity(offers=100, counts={"eau": 90, "sol": 5})), kind=st.sampled_from(["skill", "loan"]),
    skills=some(*SKILLS), modes=some(*MODES), words=st.dictionaries(st.sampled_from(STEMS), st.just("mot")),
    title_words=st.dictionaries(st.sampled_from(STEMS), st.just("mot")), **ANYWHERE,
)  # fmt: skip
ANY_OFFER = st.builds(
    facts.offer, pk=st.integers(1, 9), kind=st.sampled_from(["skill", "loan"]), skills=some(*SKILLS),
    modes=some(*MODES), meaning=st.floats(-10, 10),
)  # fmt: skip
ANY_ACTOR = st.builds(
    lambda offers, **fields: facts.actor(*offers, **fields), st.lists(ANY_OFFER, min_size=1, max_size=3),
    stems=some(*STEMS, most=4), meaning=st.floats(-10, 10), **ANYWHERE,
)  # fmt: skip
ANY_LESSONS = st.lists(st.builds(Reason, st.just("declined_near"), st.floats(-1, 0)), max_size=2)


@given(ANY_NEED, ANY_ACTOR, ANY_LESSONS)
def test_the_total_of_any_pair_is_the_sum_of_what_its_reasons_say(need, actor, learnt):
    found = score(need, actor, facts.known(), learnt)
    assert found.total == pytest.approx(BIAS + sum(reason.value for reason in found.reasons), abs=0.5001e-4)


def test_a_pair_adds_up_as_the_documentation_says():
    """docs/matching.md, "Score": the table of weights, by hand."""
    offer = 6.0 + 2.0 + 1.5  # its meaning, the same skill, the same kind
    actor = 6.0 + 3.0 + 1.0 + 0.3 + 0.1 + 0.1  # its meaning, words, those of the title, place, theme, language
    assert score(*full_pair(), facts.known()).total == pytest.approx(-8.5 + offer + actor + 0.1 * offer)


def test_no_reason_takes_anything_away():
    assert all(reason.value >= 0 for reason in score(*full_pair(), facts.known()).reasons)


def test_bands_are_ordered_and_follow_the_total():
    floors = [floor for floor, _band in BANDS]
    assert floors == sorted(floors, reverse=True)
    assert [band for _floor, band in BANDS] == [Band.STRONG, Band.GOOD, Band.EXPLORE]
    found = score(*full_pair(), facts.known())
    for floor, band in BANDS:
        assert replace(found, total=floor).band == band
    assert replace(found, total=floors[-1] - 0.01).band is None


def test_a_pair_with_nothing_in_common_is_proposed_to_nobody():
    assert score(facts.need(), facts.actor(), facts.known()).band is None


@pytest.mark.parametrize(
    ("need_fields", "offer_fields", "actor_fields", "expected"),
    [
        ({"kind": "skill"}, {"kind": "funding", "modes": frozenset({"loan"})}, {}, ["mode_unknown", "kind_differs"]),
        (
            {"modes": frozenset({"loan"}), "starts_on": date(2030, 1, 1)},
            {"kind": "skill", "modes": frozenset({"loan"})},
            {},
            ["dates_unknown"],
        ),
        (
            {"modes": frozenset({"loan"}), "territories": frozenset({"SN"}), "languages": frozenset({"fr"})},
            {"kind": "skill", "modes": frozenset({"loan"})},
            {"territories": frozenset({"MG"}), "languages": frozenset({"mg"})},
            ["place_unknown", "language_unknown"],
        ),
        (
            {"modes": frozenset({"loan"}), "territories": frozenset({"SN"})},
            {"kind": "skill", "modes": frozenset({"loan"})},
            {},
            [],
        ),
    ],
)
def test_doubts_are_what_the_two_should_settle(need_fields, offer_fields, actor_fields, expected):
    need, actor = facts.need(**need_fields), facts.actor(facts.offer(**offer_fields), **actor_fields)
    assert [doubt.code for doubt in score(need, actor, facts.known()).doubts] == expected


def test_a_department_lies_in_its_region_and_its_country():
    need = facts.need(territories=frozenset({"74"}))
    assert "place" in codes(need, facts.actor(territories=frozenset({"FR-ARA"})))
    assert "place" in codes(need, facts.actor(territories=frozenset({"FR"})))
    assert "place" not in codes(need, facts.actor(territories=frozenset({"69"})))


def test_nobody_far_behind_the_best_is_proposed_but_three_always_are():
    def found(actor, total):
        return Score(need=1, actor=actor, total=total, offer=1, reasons=(), doubts=())

    clear = [found(1, 3.0), found(2, -2.0), found(3, -2.1), found(4, -2.2)]
    assert [one.actor for one in within_reach(clear)] == [1, 2, 3]
    close = [found(1, 1.0), found(2, 0.5), found(3, 0.0), found(4, -2.9), found(5, -3.1)]
    assert [one.actor for one in within_reach(close)] == [1, 2, 3, 4]
    assert within_reach([]) == []
