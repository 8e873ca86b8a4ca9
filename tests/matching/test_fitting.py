"""Fitting factors of the score's parts: on made numbers, where the right answer is known."""

import numpy as np
import pytest

from projects.matching import fitting
from projects.matching.fitting import JudgedNeed


def needs(number: int = 40) -> list[JudgedNeed]:
    """The first part tells the right candidate, the second is noise that is louder."""
    chance = np.random.default_rng(7)
    made = []
    for _each in range(number):
        grades = np.zeros(30, dtype=int)
        grades[chance.integers(30)] = 3
        telling = (grades > 0) * 1.5 + chance.normal(0, 0.5, 30)
        made.append(JudgedNeed(np.stack([telling, chance.normal(0, 3, 30)], axis=1), grades, tuple(grades)))
    return made


def mean(measured: list[float]) -> float:
    return sum(measured) / len(measured)


def test_what_is_noise_is_turned_down_also_on_needs_that_were_not_fitted_to():
    judged = needs()
    now = fitting.measured(judged, np.ones(2))
    telling, noise = fitting.fit(judged)
    assert telling > 1
    assert 0 <= noise < 0.3
    held_out = fitting.cross_validated(judged)
    assert mean(held_out) > mean(now) + 0.2
    assert fitting.p_value(held_out, now) < 0.01


def test_a_part_is_measured_alone_and_left_out():
    judged = needs()
    assert mean(fitting.measured(judged, fitting.alone(0, 2))) > mean(fitting.measured(judged, fitting.without(0, 2)))


def test_ndcg_by_hand():
    need = JudgedNeed(np.array([[3.0], [2.0], [1.0]]), np.array([0, 3, 1]), (3, 1, 0))
    expected = (7 / np.log2(3) + 1 / 2) / (7 + 1 / np.log2(3))
    assert fitting.ndcg(need, np.ones(1)) == pytest.approx(expected)


def test_no_difference_is_no_evidence():
    assert fitting.p_value([0.5, 0.7, 0.2], [0.5, 0.7, 0.2]) == 1.0


def test_precision_counts_what_reaches_a_floor():
    found = fitting.precision_from([2.0, 1.0, -1.0], [True, False, True], [1.5, 0.0, -2.0])
    assert found == [(1.5, 1, 1.0), (0.0, 2, 0.5), (-2.0, 3, pytest.approx(2 / 3))]
