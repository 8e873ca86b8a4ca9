"""Territories contain each other, and are said as French says them."""

import pytest
from django.utils import translation

from coexist.common.territories import (
    grouped_choices,
    in_country,
    is_country,
    name_of,
    parents,
    shared_territories,
    with_parents,
)


def groups() -> list[list[str]]:
    return [[code for code, _name in rows] for _label, rows in grouped_choices()]


def test_there_are_101_departments_each_in_a_region():
    departments = groups()[0]
    metropolitan = {f"{number:02}" for number in range(1, 96) if number != 20} | {"2A", "2B"}
    assert set(departments) == metropolitan | {"971", "972", "973", "974", "976"}
    assert len(departments) == len(set(departments)) == 101
    assert all(parents()[code].startswith("FR-") for code in departments)


def test_there_are_26_cantons_in_switzerland():
    cantons = groups()[1]
    assert len(set(cantons)) == 26
    assert {"CH-GE", "CH-VD", "CH-VS"} < set(cantons)
    assert {parents()[code] for code in cantons} == {"CH"}


def test_every_choice_is_known_and_named_once():
    codes = [code for group in groups() for code in group]
    assert len(codes) == len(set(codes))
    assert all(name_of(code) != code for code in codes)
    assert all(len(code) <= 6 for code in codes)  # what the columns hold


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("74", "Haute-Savoie (74)"), ("2A", "Corse-du-Sud (2A)"), ("974", "La Réunion (974)"),
        ("FR-ARA", "Auvergne-Rhône-Alpes"), ("CH-GE", "canton : Genève"), ("SN", "Sénégal"), ("ZZ", "ZZ"),
    ],
)  # fmt: skip
def test_names(code, name):
    assert name_of(code) == name


@pytest.mark.parametrize("code", ["ZZ", "20", "99", "CH-ZZ", "", "74 "])
def test_an_unknown_code_is_no_choice(code):
    assert code not in {known for group in groups() for known in group}


def test_a_department_number_is_no_country():
    assert is_country("SN")
    assert not is_country("74")
    assert not is_country("CH-GE")


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("74", ["74", "FR-ARA", "FR"]), ("2B", ["2B", "FR-COR", "FR"]), ("974", ["974", "FR-OM", "FR"]),
        ("CH-GE", ["CH-GE", "CH"]), ("SN", ["SN"]), ("ZZ", ["ZZ"]),
    ],
)  # fmt: skip
def test_the_larger_territory_contains_the_smaller(code, chain):
    assert with_parents(code) == chain


@pytest.mark.parametrize(
    ("wanted", "given", "shared"),
    [
        (["74"], ["74"], ["74"]),
        (["74"], ["FR-ARA"], ["74"]),
        (["74"], ["FR"], ["74"]),
        (["FR"], ["74"], ["FR"]),
        (["FR-ARA"], ["74", "SN"], ["FR-ARA"]),
        (["74"], ["73"], []),
        (["74"], ["FR-BRE"], []),
        (["FR"], ["CH-GE"], []),
        (["SN", "MG"], ["MG"], ["MG"]),
        ([], ["74"], []),
        (["74"], [], []),
    ],
)
def test_territories_meet_when_one_lies_in_the_other(wanted, given, shared):
    assert shared_territories(wanted, given) == shared


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SN", "au Sénégal"), ("TN", "en Tunisie"), ("MG", "à Madagascar"), ("KM", "aux Comores"), ("HT", "à Haïti"),
        ("TG", "au Togo"), ("GN", "en Guinée"), ("MX", "au Mexique"), ("US", "aux États-Unis d'Amérique"),
        ("ET", "en Éthiopie"), ("GW", "en Guinée-Bissau"), ("CD", "en République démocratique du Congo"),
        ("CG", "au Congo"), ("CI", "en Côte d'Ivoire"), ("BF", "au Burkina Faso"), ("ML", "au Mali"),
        ("CM", "au Cameroun"), ("MZ", "au Mozambique"), ("KH", "au Cambodge"), ("KR", "en Corée du Sud"),
        ("LB", "au Liban"), ("PS", "en Palestine"), ("IL", "en Israël"), ("IR", "en Iran"), ("AF", "en Afghanistan"),
        ("UA", "en Ukraine"), ("SL", "en Sierra Leone"), ("CV", "au Cap-Vert"), ("RE", "à la Réunion"),
        ("YT", "à Mayotte"), ("PH", "aux Philippines"), ("GB", "au Royaume-Uni"), ("CU", "à Cuba"),
        ("VA", "au Saint-Siège"), ("IM", "à l'Île de Man"), ("CK", "aux Îles Cook"), ("DJ", "à Djibouti"),
        ("NE", "au Niger"), ("FR", "en France"),
    ],
)  # fmt: skip
def test_where_something_happens_is_said_as_french_says_it(code, said):
    with translation.override("fr"):
        assert in_country(code) == said
