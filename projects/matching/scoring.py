"""How well an actor answers a need: a pure function of facts.

The score is a sum on the log-odds scale, so that each part can be shown and none hides another.
Weights are named and never negative; what is missing adds nothing and takes nothing away.
Fairness between actors and limits on mails are no business of this module.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from coexist.common.territories import shared_territories

from .enums import Band
from .facts import ActorFacts, Knowledge, NeedFacts, OfferFacts

VERSION = "3"

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


class Later(Sequence[Reason]):
    """Reasons made when first asked for: of the hundreds of actors that are scored, few are kept."""

    def __init__(self, make: Callable[[], Iterable[Reason]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[Reason, ...]:
        return tuple(self._make())

    def __getitem__(self, place: Any) -> Any:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)


@dataclass(frozen=True)
class Score:
    need: int
    actor: int
    total: float
    offer: int
    reasons: Sequence[Reason]
    doubts: Sequence[Reason]

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
    by_offer = [(_sum_of(OFFER_PARTS, need, offer, known), offer) for offer in actor.offers]
    by_offer.sort(key=lambda pair: (-pair[0], pair[1].pk))
    best, offer = by_offer[0]
    further = [*learnt]
    if len(by_offer) > 1:
        further.append(Reason("second_offer", SECOND_OFFER * by_offer[1][0]))

    def reasons() -> list[Reason]:
        told = [*_told(OFFER_PARTS, need, offer, known), *_told(ACTOR_PARTS, need, actor, known), *further]
        return sorted([*told, *_common_modes(need, offer)], key=lambda reason: -reason.value)

    total = BIAS + best + _sum_of(ACTOR_PARTS, need, actor, known) + sum(reason.value for reason in further)
    return Score(
        need=need.pk,
        actor=actor.pk,
        total=round(total, 4),
        offer=offer.pk,
        reasons=Later(reasons),
        doubts=Later(lambda: _doubts(need, actor, offer)),
    )


def within_reach(best_first: list[Score]) -> list[Score]:
    """Those worth proposing beside the best; a need with one clear answer is not offered ten more."""
    best = [found.total for found in best_first[:ALWAYS_PROPOSED]]
    return [found for place, found in enumerate(best_first) if is_near(found.total, best[:place])]


def is_near(total: float, ahead: Sequence[float]) -> bool:
    """Whether an actor with this total is proposed where `ahead` are those of the need's better ones."""
    return len(ahead) < ALWAYS_PROPOSED or total >= max(ahead) - FAR_BEHIND


class Part(NamedTuple):
    """One part of the score. `value` is all that is ever added up; `tell` finds code and parameters of its reason."""

    value: Callable[[NeedFacts, Any, Knowledge], float]
    tell: Callable[[NeedFacts, Any, Knowledge], tuple[str, dict[str, Any]]]
    is_always_told: bool = False  # also where it brings nothing


def _sum_of(parts: Iterable[Part], need: NeedFacts, seen: OfferFacts | ActorFacts, known: Knowledge) -> float:
    return sum(part.value(need, seen, known) for part in parts)


def _told(parts: Iterable[Part], need: NeedFacts, seen: OfferFacts | ActorFacts, known: Knowledge) -> Iterator[Reason]:
    """The same values, each with what its sentence needs."""
    for part in parts:
        value = part.value(need, seen, known)
        if value or part.is_always_told:
            code, params = part.tell(need, seen, known)
            yield Reason(code, value, params)


def _likeness(need: NeedFacts, seen: OfferFacts | ActorFacts, known: Knowledge) -> float:
    return max(0.0, seen.meaning)


def _skill(need: NeedFacts, offer: OfferFacts, known: Knowledge) -> float:
    """The closest pair of skills; a need with several asks for each, so the others count a little."""
    closest = _closest_skills(need, offer, known)
    if not closest:
        return 0.0
    relations = [relation for relation, _wanted, _given in closest]
    return SKILL * (CLOSEST * max(relations) + (1 - CLOSEST) * sum(relations) / len(relations))


def _skills_told(need: NeedFacts, offer: OfferFacts, known: Knowledge) -> tuple[str, dict[str, Any]]:
    strength, wanted, given = max(_closest_skills(need, offer, known))
    names = known.skill_names
    return SKILL_CODES[strength], {"wanted": names.get(wanted, {}), "given": names.get(given, {})}


def _closest_skills(need: NeedFacts, offer: OfferFacts, known: Knowledge) -> list[tuple[float, int, int]]:
    """For each skill wanted, the closest one given: how close, and the two."""
    if not offer.skills:
        return []
    parents = known.parents
    return [max((_relation(want, have, parents), want, have) for have in offer.skills) for want in need.skills]


def _relation(one: int, other: int, parents: dict[int, int | None]) -> float:
    if one == other:
        return SAME
    if parents.get(one) == other or parents.get(other) == one:
        return PARENT_OR_CHILD
    if parents.get(one) is not None and parents.get(one) == parents.get(other):
        return SIBLING
    return 0.0


def _kind(need: NeedFacts, offer: OfferFacts, known: Knowledge) -> float:
    return KIND if offer.kind == need.kind else 0.0


def _words(need: NeedFacts, actor: ActorFacts, known: Knowledge) -> float:
    covered = need.words.coverage(actor.stems)
    return WORDS * covered + TITLE_WORDS * need.title_words.coverage(actor.stems) if covered else 0.0


def _words_told(need: NeedFacts, actor: ActorFacts, known: Knowledge) -> tuple[str, dict[str, Any]]:
    return "words", {"words": need.words.shared(actor.stems, MOST_WORDS_SHOWN)}


def _place(need: NeedFacts, actor: ActorFacts, known: Knowledge) -> float:
    return PLACE if shared_territories(need.territories, actor.territories) else 0.0


def _theme(need: NeedFacts, actor: ActorFacts, known: Knowledge) -> float:
    return THEME if need.themes & actor.themes else 0.0


def _language(need: NeedFacts, actor: ActorFacts, known: Knowledge) -> float:
    return LANGUAGE if need.languages & actor.languages else 0.0


# The score: a sum of what these give, of the best offer and of the actor, with BIAS, what refusals taught
# (learning.py) and a share of the second best offer.
OFFER_PARTS = (
    Part(_likeness, lambda need, offer, known: ("meaning", {"offer": offer.title}), is_always_told=True),
    Part(_skill, _skills_told),
    Part(_kind, lambda need, offer, known: ("kind", {"kind": need.kind})),
)
ACTOR_PARTS = (
    Part(_likeness, lambda need, actor, known: ("profile", {}), is_always_told=True),
    Part(_words, _words_told),
    Part(
        _place,
        lambda need, actor, known: ("place", {"territories": shared_territories(need.territories, actor.territories)}),
    ),
    Part(_theme, lambda need, actor, known: ("theme", {"themes": sorted(need.themes & actor.themes)})),
    Part(_language, lambda need, actor, known: ("language", {"languages": sorted(need.languages & actor.languages)})),
)


def _common_modes(need: NeedFacts, offer: OfferFacts) -> Iterator[Reason]:
    """Brings nothing (it is a gate, gates.py), and is told."""
    if shared := sorted(need.modes & offer.modes):
        yield Reason("mode", 0.0, {"modes": shared})


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
