"""The space in which needs look for offers: what of the score is a sum of products, as one inner product.

An offer's point holds its vector, its actor's vector, its skills, its kind and its set of modes; a need's point
what the score gives for each of them, and whether it takes such a set of modes. So one index finds the offers that
pass and score best, words and small parts aside. Of skills the products are near the relations of scoring.py, not
equal to them: this finds candidates, it scores nobody.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np

from . import scoring
from .layout import KINDS, MODES, SETS_OF_MODES, SKILLS

# What the score gives for a part is shared out evenly between the two points, as a need stands to what answers it:
# the index links offers that are alike, and finds its way where it weighs their parts as needs do. (Vectors stay as
# they are, long 1: what the others are is seen from them.)
MEANING = scoring.OFFER_MEANING + scoring.OFFER_TITLE_MEANING
SKILLS_LENGTH = float(np.sqrt(scoring.SKILL / MEANING))
KIND_LENGTH = float(np.sqrt(scoring.KIND / MEANING))
MODES_LENGTH = 0.22  # shorter: offers that differ in modes only stay neighbours
LENGTH = 1.7  # longer than offers of one or two skills
# Between offers of which one passes the gate on modes, in log-odds: nearly what lies between the best and the last
# candidate. Half of it for those that pass, half against the others: so all needs' points are as long.
PASSING = 3.0


def offer_point(
    offer: np.ndarray, profile: np.ndarray, skills: Iterable[int], kind: str, modes: Iterable[str],
    parents: dict[int, int | None],
) -> np.ndarray:  # fmt: skip
    """`offer` and `profile`: unit vectors, or zero for an empty text."""
    carried = SKILLS_LENGTH * _skills(skills, parents)
    parts = np.concatenate([offer, profile, carried, KIND_LENGTH * kind_direction(kind), modes_direction(modes)])
    # Points of one length are ordered alike by product and by distance: an index finds its way by distance.
    left = max(0.0, LENGTH**2 - float(parts @ parts))
    return np.append(parts, np.sqrt(left)).astype(np.float16)


def need_point(
    offer: np.ndarray, profile: np.ndarray, skills: Iterable[int], kind: str, modes: Iterable[str],
    parents: dict[int, int | None],
) -> np.ndarray:  # fmt: skip
    """`offer` and `profile`: what scoring.py asks of the two (offer_query, profile_query)."""
    wanted = [*skills]
    # The closest skill counts for most, the mean over all for the rest.
    share = scoring.CLOSEST + (1 - scoring.CLOSEST) / max(1, len(wanted))
    weighed = scoring.SKILL / SKILLS_LENGTH * share * _skills(wanted, parents)
    asked = scoring.KIND / KIND_LENGTH * kind_direction(kind)
    parts = np.concatenate([offer, profile, weighed, asked, _passing(modes)])
    return np.append(parts, 0.0).astype(np.float16)


def _skills(skills: Iterable[int], parents: dict[int, int | None]) -> np.ndarray:
    return sum((skill_direction(key, parents.get(key)) for key in skills), np.zeros(SKILLS))


@cache
def skill_direction(key: int, domain: int | None) -> np.ndarray:
    """With itself 1, with a sibling SIBLING, with its domain the root of that, with others about 0."""
    if domain is None:
        return _direction(key)
    return np.sqrt(scoring.SIBLING) * _direction(domain) + np.sqrt(1 - scoring.SIBLING) * _direction(key)


@cache
def _direction(key: int) -> np.ndarray:
    """A unit vector of its own for each skill: by chance, so many dimensions keep them nearly square to each other."""
    drawn = np.random.default_rng(key).standard_normal(SKILLS)
    return drawn / np.linalg.norm(drawn)


def kind_direction(kind: str) -> np.ndarray:
    return np.array([kind == one for one in KINDS], dtype=float)


def modes_direction(modes: Iterable[str]) -> np.ndarray:
    """Each set of modes has a direction of its own: which sets pass is no sum over the modes."""
    direction = np.zeros(SETS_OF_MODES)
    direction[_place_of(modes)] = MODES_LENGTH
    return direction


def _passing(modes: Iterable[str]) -> np.ndarray:
    """As the gate has it (gates.py): a mode in common, or one of the two names none."""
    wanted = _place_of(modes)
    passes = [not wanted or not place or bool(wanted & place) for place in range(SETS_OF_MODES)]
    return np.where(passes, 1, -1) * PASSING / 2 / MODES_LENGTH


def _place_of(modes: Iterable[str]) -> int:
    named = {*modes}
    return sum(1 << place for place, mode in enumerate(MODES) if mode in named)
