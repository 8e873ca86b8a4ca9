"""Where an address lies: the middle of what it names."""

import pytest

from coexist.common.places import departement_of, middles, place_of
from coexist.common.territories import grouped_choices


@pytest.mark.parametrize(
    ("postcode", "code"),
    [
        ("74100", "74"), ("01000", "01"), ("20090", "2A"), ("20200", "2B"), ("97410", "974"), ("97600", "976"),
        ("75 011", "75"), ("98000", None), ("7410", None), ("", None), ("741000", None), ("ABCDE", None),
        ("٧٤١٠٠", None), ("97000", None), ("00100", None), ("\x00", None),
    ],
)  # fmt: skip
def test_a_french_postcode_names_its_departement(postcode, code):
    assert departement_of(postcode) == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ({"country": "CH", "postcode": "1201", "city": "Genève"}, "CH-GE"),
        ({"country": "CH", "postcode": "", "city": "geneve"}, "CH-GE"),
        ({"country": "CH", "postcode": "1003", "city": "Lausanne"}, "CH-VD"),
        ({"country": "CH", "postcode": "99999", "city": "?"}, "CH"),
        ({"country": "SN", "postcode": "74100", "city": "Dakar"}, "SN"),
        ({"country": "FR", "postcode": "?", "city": ""}, "FR"),
    ],
)
def test_an_address_lies_in_the_smallest_territory_it_names(address, code):
    place = place_of(**address)
    assert place is not None
    assert place.code == code
    assert (place.latitude, place.longitude) == middles()[code]


def test_an_unknown_country_lies_nowhere():
    assert place_of(country="XX") is None
    assert place_of(country="") is None


def test_every_departement_canton_and_country_has_a_middle():
    """Regions have none: an address names something smaller or larger."""
    codes = {code for _group, choices in grouped_choices() for code, _name in choices}
    assert {code for code in codes if not code.startswith("FR-")} == set(middles())
    assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in middles().values())
