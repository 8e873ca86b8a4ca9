"""Facets count what a person would count by hand, whatever is chosen."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.enums import ActorKind
from actors.models import Actor
from coexist.common import facets
from coexist.common.facets import Facet

pytestmark = pytest.mark.django_db

KIND = Facet("kind", "kind", is_array=False)
THEME = Facet("theme", "themes")
MODE = Facet("mode", "offer_modes")
FACETS = [KIND, THEME, MODE]
COLUMNS = {"kind": lambda row: [row.kind], "theme": lambda row: row.themes, "mode": lambda row: row.offer_modes}

kinds = st.sampled_from(ActorKind.values[:3])
themes = st.lists(st.integers(1, 4), unique=True, max_size=3)
modes = st.lists(st.sampled_from(["loan", "paid", "donation"]), unique=True, max_size=3)
rows = st.lists(st.tuples(kinds, themes, modes), max_size=12)
choices = st.fixed_dictionaries(
    {"kind": st.lists(kinds, unique=True, max_size=2), "theme": themes, "mode": modes}
)  # fmt: skip


def meets(row: Actor, chosen: dict, *, ignoring: str = "") -> bool:
    return all(set(values) & set(COLUMNS[name](row)) for name, values in chosen.items() if values and name != ignoring)


def by_hand(made: list[Actor], chosen: dict) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for name, read in COLUMNS.items():
        found = [str(value) for row in made if meets(row, chosen, ignoring=name) for value in read(row)]
        counted[name] = {value: found.count(value) for value in found}
    return counted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows, chosen=choices)
def test_counts_are_those_made_by_hand(rows, chosen):
    Actor.objects.all().delete()
    made = [
        Actor.objects.create(name=f"A{n}", slug=f"a{n}", kind=kind, themes=of_theme, offer_modes=of_mode)
        for n, (kind, of_theme, of_mode) in enumerate(rows)
    ]
    counts = facets.count(Actor.objects.all(), FACETS, chosen)
    assert counts.by_facet == by_hand(made, chosen)
    listed = set(facets.narrowed(Actor.objects.all(), FACETS, chosen))
    assert listed == {row for row in made if meets(row, chosen)}
    assert counts.total == len(listed)


def test_all_facets_take_one_statement():
    with CaptureQueriesContext(connection) as caught:
        facets.count(Actor.objects.all(), FACETS, {"kind": ["ngo"], "theme": [1, 6]})
    assert len(caught) == 1


def some_actors(number: int, **fields) -> None:
    before = Actor.objects.count()
    Actor.objects.bulk_create(
        [Actor(name=f"A{n}", slug=f"a{n}", **{"kind": "ngo", **fields}) for n in range(before, before + number)]
    )


def test_counts_over_few_rows_are_never_remembered():
    caches["memory"].clear()
    some_actors(3)
    facets.count(Actor.objects.all(), FACETS, {}, keep_as="actors")
    some_actors(1)
    assert facets.count(Actor.objects.all(), FACETS, {}, keep_as="actors").total == 4


def test_counts_over_many_rows_serve_the_other_choices_for_a_while(monkeypatch):
    caches["memory"].clear()
    monkeypatch.setattr(facets, "KEPT_FROM", 5)
    some_actors(6, themes=[6])
    some_actors(2, kind="company", themes=[1])
    first = facets.count(Actor.objects.all(), FACETS, {"kind": ["ngo"]}, keep_as="actors")
    with CaptureQueriesContext(connection) as caught:
        again = facets.count(Actor.objects.all(), FACETS, {"kind": ["ngo"]}, keep_as="actors")
    assert first == again
    assert all("unnest" not in query["sql"] for query in caught)
    # What a theme would leave among the NGOs is known from the page of the NGOs.
    narrower = facets.count(Actor.objects.all(), FACETS, {"kind": ["ngo"], "theme": [6]}, keep_as="actors")
    assert narrower.of("theme") == {"6": 6}
    assert narrower.of("kind") == {"ngo": 6}


def test_what_one_list_remembers_no_other_reads(monkeypatch):
    caches["memory"].clear()
    monkeypatch.setattr(facets, "KEPT_FROM", 1)
    some_actors(3)
    facets.count(Actor.objects.all(), FACETS, {}, keep_as="one")
    assert facets.count(Actor.objects.none(), FACETS, {}, keep_as="other").total == 0
