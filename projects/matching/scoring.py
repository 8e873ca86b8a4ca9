"""How well an actor answers a need: a pure function of facts.

The score is a sum on the log-odds scale, so that each part can be shown and none hides another.
Weights are named and never negative; what is missing adds nothing and takes nothing away.
Fairness between actors and limits on mails are no business of this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coexist.common.territories import shared_territories

from .enums import Band
from .facts import ActorFacts, Knowledge, NeedFacts, OfferFacts

VERSION = "2"

# Weights, in log-odds. docs/matching.md says how each was chosen and what it brings.
BIAS = -8.5
OFFER_MEANING = 6.0  # cosine of the need's text with the offer's
OFFER_TITLE_MEANING = 4.0  # cosine of the need's title with the offer's
PROFILE_MEANING = 8.0  # cosine of the need's text with the whole profile
PROJECT_MEANING = 2.0  # cosine of the project with the profile
WORDS = 3.0  # share of the need's words, by rarity, found in profile and offers
TITLE_WORDS = 1.0
SKILL = 2.0
KIND = 1.5
PLACE = 0.3
THEME = 0.1
LANGUAGE = 0.1
SECOND_OFFER = 0.1  # of what the second best offer brings

# Relations of two skills: the same, one the domain of the other, of the same domain.
SAME, PARENT_OR_CHILD, SIBLING = 1.0, 0.8, 0.5
CLOSEST = 0.7  # share of the closest skill where a need has several; the mean over all is the rest
SKILL_CODES = {SAME: "skill_same", PARENT_OR_CHILD: "skill_domain", SIBLING: "skill_near"}

# From this total on, by the precision seen at that height (docs/matching.md).
BANDS = ((0.0, Band.STRONG), (-1.5, Band.GOOD), (-2.0, Band.EXPLORE))

# An actor that stands so far behind a need's best one is not proposed, unless hardly anybody is: some fifty
# times less likely.
FAR_BEHIND = 4.0
ALWAYS_PROPOSED = 3

MOST_WORDS_SHOWN = 3


@dataclass(frozen=True)
class Reason:
    """One contribution: a code, its value in log-odds, and what its sentence needs."""

    code: str
    value: float
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    need: int
    actor: int
    total: float
    offer: int
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]

    @property
    def band(self) -> Band | None:
        """None: too unsure to be proposed to anybody."""
        return next((band for floor, band in BANDS if self.total >= floor), None)


def offer_query(passage: np.ndarray, title: np.ndarray) -> np.ndarray:
    """By inner product with an offer's unit vector: the log-odds of its meaning. Unit vectors, 512."""
    return OFFER_MEANING * passage + OFFER_TITLE_MEANING * title


def profile_query(passage: np.ndarray, project: np.ndarray) -> np.ndarray:
    """By inner product with an actor's unit vector: the log-odds of its profile's meaning."""
    return PROFILE_MEANING * passage + PROJECT_MEANING * project


def score(need: NeedFacts, actor: ActorFacts, known: Knowledge, learnt: Iterable[Reason] = ()) -> Score:
    """Score one pair; the actor has at least one offer that passed the gates. `learnt`: see learning.py."""
    by_offer = [(_offer_reasons(need, offer, known), offer) for offer in actor.offers]
    by_offer.sort(key=lambda pair: (-_total(pair[0]), pair[1].pk))
    best, offer = by_offer[0]
    reasons = [*best, *_actor_reasons(need, actor), *learnt]
    if len(by_offer) > 1:
        reasons.append(Reason("second_offer", SECOND_OFFER * _total(by_offer[1][0])))
    return Score(
        need=need.pk,
        actor=actor.pk,
        total=round(BIAS + _total(reasons), 4),
        offer=offer.pk,
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.value)),
        doubts=tuple(_doubts(need, actor, offer)),
    )


def within_reach(best_first: list[Score]) -> list[Score]:
    """Those worth proposing beside the best; a need with one clear answer is not offered ten more."""
    totals = [found.total for found in best_first]
    return [found for place, found in enumerate(best_first) if is_near(found.total, totals[:place])]


def is_near(total: float, ahead: Sequence[float]) -> bool:
    """Whether an actor with this total is proposed where `ahead` are those of the need's better ones."""
    return len(ahead) < ALWAYS_PROPOSED or total >= max(ahead) - FAR_BEHIND


def _total(reasons: Iterable[Reason]) -> float:
    return sum(reason.value for reason in reasons)


def _offer_reasons(need: NeedFacts, offer: OfferFacts, known: Knowledge) -> list[Reason]:
    reasons = [Reason("meaning", max(0.0, offer.meaning), {"offer": offer.title})]
    skill = _skill_reason(need.skills, offer.skills, known)
    if skill is not None:
        reasons.append(skill)
    if offer.kind == need.kind:
        reasons.append(Reason("kind", KIND, {"kind": need.kind}))
    shared_modes = sorted(need.modes & offer.modes)
    if shared_modes:
        reasons.append(Reason("mode", 0.0, {"modes": shared_modes}))
    return reasons


def _skill_reason(wanted: frozenset[int], given: frozenset[int], known: Knowledge) -> Reason | None:
    """The closest pair of skills; a need with several asks for each, so the others count a little."""
    if not wanted or not given:
        return None
    closest = [max((_relation(want, have, known.parents), want, have) for have in given) for want in wanted]
    strength, want, have = max(closest)
    if strength == 0:
        return None
    overall = CLOSEST * strength + (1 - CLOSEST) * sum(relation for relation, _want, _have in closest) / len(closest)
    names = known.skill_names
    return Reason(SKILL_CODES[strength], SKILL * overall, {"wanted": names.get(want, {}), "given": names.get(have, {})})


def _relation(one: int, other: int, parents: dict[int, int | None]) -> float:
    if one == other:
        return SAME
    if parents.get(one) == other or parents.get(other) == one:
        return PARENT_OR_CHILD
    if parents.get(one) is not None and parents.get(one) == parents.get(other):
        return SIBLING
    return 0.0


def _actor_reasons(need: NeedFacts, actor: ActorFacts) -> list[Reason]:
    reasons = [Reason("profile", max(0.0, actor.meaning))]
    shared = need.words.shared(actor.stems, MOST_WORDS_SHOWN)
    if shared:
        value = WORDS * need.words.coverage(actor.stems) + TITLE_WORDS * need.title_words.coverage(actor.stems)
        reasons.append(Reason("words", value, {"words": shared}))
    places = shared_territories(need.territories, actor.territories)
    if places:
        reasons.append(Reason("place", PLACE, {"territories": places}))
    themes = sorted(need.themes & actor.themes)
    if themes:
        reasons.append(Reason("theme", THEME, {"themes": themes}))
    if need.languages & actor.languages:
        reasons.append(Reason("language", LANGUAGE, {"languages": sorted(need.languages & actor.languages)}))
    return reasons


def _doubts(need: NeedFacts, actor: ActorFacts, offer: OfferFacts) -> list[Reason]:
    """What the two should settle first, the most telling one first."""
    doubts = []
    if need.territories and actor.territories and not shared_territories(need.territories, actor.territories):
        doubts.append(Reason("place_unknown", 0.0))
    if need.languages and actor.languages and not need.languages & actor.languages:
        doubts.append(Reason("language_unknown", 0.0))
    if not offer.modes or not need.modes:
        doubts.append(Reason("mode_unknown", 0.0))
    if (need.starts_on or need.ends_on) and not (offer.available_from or offer.available_until):
        doubts.append(Reason("dates_unknown", 0.0))
    if offer.kind != need.kind:
        doubts.append(Reason("kind_differs", 0.0, {"kind": offer.kind}))
    return doubts
