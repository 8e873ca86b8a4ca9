"""Reading one cell: usual words for the same thing, in French and English, with and without accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.imports import cells
from actors.imports.checking import check_line
from actors.imports.columns import BY_CODE, guess
from actors.imports.problems import WrongError
from coexist.common.sheets import harmless


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("kind", "Association, ONG", "ngo"), ("kind", "ong", "ngo"), ("kind", "ngo", "ngo"),
        ("kind", "Collectivité territoriale", "collectivite"), ("kind", "MAIRIE", "collectivite"),
        ("kind", "Company", "company"), ("size", "12", "10-49"), ("size", "10-49", "10-49"), ("size", "0", "0"),
        ("size", "250 salariés et plus", "250+"), ("size", "3000", "250+"), ("country", "France", "FR"),
        ("country", "senegal", "SN"), ("country", "Germany", "DE"), ("country", "Allemagne", "DE"),
        ("country", "Côte d'Ivoire", "CI"), ("country", "ch", "CH"),
        ("territories", "Haute-Savoie, Genève ; Sénégal", ["74", "CH-GE", "SN"]),
        ("territories", "74;1;2A", ["74", "01", "2A"]), ("territories", "Auvergne-Rhône-Alpes", ["FR-ARA"]),
        ("territories", "Haute-Savoie (74)", ["74"]), ("territories", "canton : Vaud", ["CH-VD"]),
        ("themes", "6", [6]), ("themes", "ODD 6, ODD 7", [6, 7]), ("themes", "6 - Eau propre ; 07", [6, 7]),
        ("themes", "6 eau, 7 énergie", [6, 7]), ("themes", "Industrie, innovation et infrastructure; 6", [9, 6]),
        ("themes", "6/13", [6, 13]), ("themes", "6;6", [6]), ("languages", "français, Wolof", ["fr", "wo"]),
        ("languages", "English", ["en"]), ("website", "ong.example/page", "https://ong.example/page"),
        ("contact_email", "mailto:Awa@ONG.example", "awa@ong.example"), ("contact_phone", "04.50.00.00.00",
        "04.50.00.00.00"), ("latitude", "46,193", 46.193),
    ],
)  # fmt: skip
def test_usual_ways_to_write_it_are_read(column, text, value):
    assert BY_CODE[column].read(text) == value


@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        (
            ["DÉNOMINATION", "Catégorie", "Courriel", "N° SIRET"],
            ["name", "kind", "contact_email", "registration_number"],
        ),
        (["Organization", "Category", "Zip code", "Town"], ["name", "kind", "postcode", "city"]),
        (["Nom", "Contact", "Tél.", "Adresse mail"], ["name", "contact_name", "contact_phone", "contact_email"]),
        (["Nom de l'association", "Adresse", "CP", "Commune"], ["name", "address", "postcode", "city"]),
        (["Nom", "Nom", "", "Remarques internes"], ["name"]),
    ],
)
def test_headings_are_guessed(headings, codes):
    found = guess(headings)
    assert [code for code, _place in sorted(found.items(), key=lambda item: item[1])] == codes


@pytest.mark.parametrize("written", ["732 829 320", "732829320", "732.829.320"])
def test_a_number_tells_its_register(written):
    checked = check_line(["A", "ONG", written], {"name": 0, "kind": 1, "registration_number": 2}, width=3)
    assert (checked.values["registration_kind"], checked.values["registration_number"]) == ("siren", "732829320")


@pytest.mark.parametrize(
    ("written", "register", "number"),
    [
        ("W751004076", "rna", "W751004076"), ("CHE-100.155.212", "ch_uid", "CHE100155212"),
        ("73282932000074", "siret", "73282932000074"),
    ],
)  # fmt: skip
def test_numbers_of_every_register(written, register, number):
    checked = check_line(["A", "ONG", written], {"name": 0, "kind": 1, "registration_number": 2}, width=3)
    assert checked.problems == []
    assert (checked.values["registration_kind"], checked.values["registration_number"]) == (register, number)


def test_a_postcode_goes_with_its_country():
    mapping = {"name": 0, "kind": 1, "postcode": 2, "country": 3}

    def codes(postcode: str, country: str) -> list[str]:
        return [one.code for one in check_line(["A", "ONG", postcode, country], mapping, width=4).problems]

    assert codes("1201", "Suisse") == codes("74100", "") == codes("SW1A 1AA", "Royaume-Uni") == []
    assert codes("74100", "Suisse") == codes("SW1A 1AA", "") == ["bad_postcode"]
    assert codes("1000", "France") == ["postcode_padded"]


def test_a_cell_too_many_shifts_the_others_and_is_told():
    checked = check_line(["A", "ONG", "x"], {"name": 0, "kind": 1}, width=2)
    assert [one.code for one in checked.problems] == ["extra_cells"]


DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text(max_size=40))
def test_what_is_made_harmless_starts_no_formula_and_comes_back(text):
    written = harmless(text)
    assert not written.startswith(DANGEROUS)
    back = written[1:] if written != text else written
    assert back == text
    assert cells.plain(written) == text.replace("\r\n", "\n").replace("\r", "\n").strip()


@given(st.text(max_size=80))
def test_no_reader_fails_in_a_way_it_does_not_tell(text):
    for column in BY_CODE.values():
        try:
            value = column.read(cells.check_text(text) or "x")
        except WrongError:
            continue
        assert value is not None
