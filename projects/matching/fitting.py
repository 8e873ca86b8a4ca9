"""How much each part of the score brings on a judged collection, and whether other weights would do better.

Pure functions of numbers. What is fitted are factors of the parts as they are now, never negative and pulled
towards 1: few judgements must not move weights far. A figure is worth something where it is cross-validated:
the needs that are measured are none of those that were fitted to.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CUT = 10
FOLDS = 5
PULL = 0.01  # towards the weights as they are
STEPS, PACE = 400, 0.05
FLIPS = 10_000


@dataclass(frozen=True)
class JudgedNeed:
    """The candidates of one need: their parts (candidates x parts, log-odds), their grades, and every grade given."""

    parts: np.ndarray
    grades: np.ndarray
    given: tuple[int, ...]


def gain(grades: Sequence[int] | np.ndarray) -> float:
    """Discounted cumulative gain of grades, best place first: 2^grade - 1 by log2(place + 1)."""
    return float(sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1)))


def ndcg(need: JudgedNeed, factors: np.ndarray) -> float:
    """nDCG@10 (Järvelin & Kekäläinen, 2002) of the ranking by the weighted sum of parts."""
    order = np.argsort(-(need.parts @ factors), kind="stable")[:CUT]
    ideal = gain(sorted(need.given, reverse=True)[:CUT])
    return gain(need.grades[order]) / ideal if ideal else 0.0


def fit(needs: Sequence[JudgedNeed], start: np.ndarray | None = None) -> np.ndarray:
    """Factors that give the judged answers the most of each need's softmax (ListNet, Cao et al., 2007); by Adam."""
    factors = np.ones(needs[0].parts.shape[1]) if start is None else start.astype(float)
    mean, spread = np.zeros_like(factors), np.zeros_like(factors)
    useful = [(need.parts, _target(need)) for need in needs if need.grades.any()]
    for step in range(1, STEPS + 1):
        slope = 2 * PULL * (factors - 1)
        for parts, target in useful:
            slope -= parts.T @ (target - _softmax(parts @ factors)) / len(useful)
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        factors -= PACE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        factors = np.maximum(factors, 0.0)
    return factors


def cross_validated(needs: Sequence[JudgedNeed]) -> list[float]:
    """nDCG@10 of each need by factors that were fitted to the other folds, in the order of `needs`."""
    measured = [0.0] * len(needs)
    for fold in range(FOLDS):
        factors = fit([need for number, need in enumerate(needs) if number % FOLDS != fold])
        for number in range(fold, len(needs), FOLDS):
            measured[number] = ndcg(needs[number], factors)
    return measured


def p_value(one: Sequence[float], other: Sequence[float], seed: int = 1) -> float:
    """Two-sided randomisation test of paired measures: how often chance signs give as large a mean difference."""
    difference = np.asarray(one) - np.asarray(other)
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(FLIPS, len(difference)))
    as_large = np.abs(signs @ difference) >= abs(difference.sum()) - 1e-12
    return float((as_large.sum() + 1) / (FLIPS + 1))


def precision_from(
    totals: Sequence[float], good: Sequence[bool], floors: Sequence[float]
) -> list[tuple[float, int, float]]:
    """For each floor: how many totals reach it, and the share of them that is good."""
    pairs = sorted(zip(totals, good, strict=True), reverse=True)
    found = []
    for floor in floors:
        reached = [is_good for total, is_good in pairs if total >= floor]
        found.append((floor, len(reached), sum(reached) / len(reached) if reached else math.nan))
    return found


def measured(needs: Sequence[JudgedNeed], factors: np.ndarray) -> list[float]:
    return [ndcg(need, factors) for need in needs]


def without(part: int, number: int) -> np.ndarray:
    """Factors that leave one part out."""
    factors = np.ones(number)
    factors[part] = 0.0
    return factors


def alone(part: int, number: int) -> np.ndarray:
    return np.ones(number) - without(part, number)


def _target(need: JudgedNeed) -> np.ndarray:
    gains = 2.0**need.grades - 1
    return gains / gains.sum()


def _softmax(totals: np.ndarray) -> np.ndarray:
    raised = np.exp(totals - totals.max())
    return raised / raised.sum()
