"""The points by which an index finds offers: what of the score they say, and the gate on modes."""

from itertools import combinations

import numpy as np
import pytest

from actors.enums import Mode
from coexist.common.language.encoder import DIMENSIONS
from projects.matching.layout import SIZE
from projects.matching.space import LENGTH, PASSING, need_point, offer_point

NOTHING = np.zeros(DIMENSIONS)
SETS = [set(some) for count in range(4) for some in combinations([*Mode.values][:4], count)]


def offer(**given) -> np.ndarray:
    fields = {"offer": NOTHING, "profile": NOTHING, "skills": [], "kind": "skill", "modes": [], "parents": {}}
    return offer_point(**{**fields, **given}).astype(float)


def need(**given) -> np.ndarray:
    fields = {"offer": NOTHING, "profile": NOTHING, "skills": [], "kind": "skill", "modes": [], "parents": {}}
    return need_point(**{**fields, **given}).astype(float)


@pytest.mark.parametrize("wanted", SETS, ids=str)
def test_an_offer_whose_modes_pass_is_as_far_ahead_whichever_they_are(wanted):
    product = {frozenset(given): need(modes=wanted) @ offer(modes=given) for given in SETS}
    passing = {given for given in product if not wanted or not given or wanted & given}
    assert max(product.values()) - min(product[given] for given in passing) < 0.01
    stopped = [product[given] for given in product if given not in passing]
    assert all(product[frozenset()] - value == pytest.approx(PASSING, abs=0.01) for value in stopped)


def test_points_of_offers_are_as_long_as_each_other():
    unit = np.eye(DIMENSIONS)[0]
    for point in (offer(), offer(offer=unit, profile=unit, skills=[1, 2], modes=["paid", "loan"], parents={1: 3})):
        assert point.shape == (SIZE,)
        assert np.linalg.norm(point) == pytest.approx(LENGTH, abs=0.01)


def test_the_order_in_which_modes_are_named_and_an_unknown_one_change_nothing():
    assert (offer(modes=["paid", "loan"]) == offer(modes=["loan", "gone", "paid"])).all()
