"""The space in which needs look for offers: what of the score is a sum of products, as one inner product.

An offer's point holds its vector, its actor's vector, its skills and its kind; a need's point what the score
gives for each of them. So one index finds the offers that score best, words and small parts aside. Of skills
the products are near the relations of scoring.py, not equal to them: this finds candidates, it scores nobody.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np

from . import scoring
from .layout import KINDS, SKILLS

LENGTH = 3.0  # longer than offers of one or two skills


def offer_point(
    offer: np.ndarray, profile: np.ndarray, skills: Iterable[int], kind: str, parents: dict[int, int | None]
) -> np.ndarray:
    """`offer` and `profile`: unit vectors, or zero for an empty text."""
    parts = np.concatenate([offer, profile, _skills(skills, parents), kind_direction(kind)])
    # Points of one length are ordered alike by product and by distance: an index finds its way by distance.
    left = max(0.0, LENGTH**2 - float(parts @ parts))
    return np.append(parts, np.sqrt(left)).astype(np.float16)


def need_point(
    offer: np.ndarray, profile: np.ndarray, skills: Iterable[int], kind: str, parents: dict[int, int | None]
) -> np.ndarray:
    """`offer` and `profile`: what scoring.py asks of the two (offer_query, profile_query)."""
    wanted = [*skills]
    # The closest skill counts for most, the mean over all for the rest.
    share = scoring.CLOSEST + (1 - scoring.CLOSEST) / max(1, len(wanted))
    weighed = scoring.SKILL * share * _skills(wanted, parents)
    return np.concatenate([offer, profile, weighed, scoring.KIND * kind_direction(kind), [0.0]]).astype(np.float16)


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
