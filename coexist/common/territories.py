"""Territories: countries (ISO 3166-1), French départements and regions, Swiss cantons.

Codes: "SN", "74", "2A", "974", "CH-GE", "FR-ARA". A larger territory contains the smaller ones.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from coexist.common.language.text import normalise

DATA = Path(__file__).with_name("territories.toml")


@cache
def _data() -> dict:
    with DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def parents() -> dict[str, str]:
    """Territory -> the one just above it: département -> region -> FR, canton -> CH."""
    above = {}
    for region, entry in _data()["region"].items():
        above[region] = "FR"
        above.update(dict.fromkeys(entry["departements"], region))
    above.update(dict.fromkeys(_data()["canton"], "CH"))
    return above


def with_parents(code: str) -> list[str]:
    """The territory and all that contain it, smallest first."""
    return [*_chain(code)]


@lru_cache(maxsize=2_000)
def _chain(code: str) -> tuple[str, ...]:
    above = parents().get(code)
    return (code, *_chain(above)) if above else (code,)


def reach_of(territories: Iterable[str]) -> list[str]:
    """Territories with all that contain them: choosing the larger one in a list finds the smaller."""
    return sorted({around for code in territories for around in with_parents(code)})


def narrowest(reach: Iterable[str]) -> list[str]:
    """Of a reach, the territories that it began with: those that contain none of the others."""
    every = set(reach)
    return sorted(every - {above for code in every for above in _chain(code)[1:]})


def shared_territories(wanted: Iterable[str], given: Iterable[str]) -> list[str]:
    """Those of `wanted` that meet one of `given`: the same, one inside the other."""
    given = set(given)
    around = {above for code in given for above in _chain(code)}
    return sorted(code for code in wanted if code in around or not given.isdisjoint(_chain(code)))


def name_of(code: str) -> str:
    """Name for the screen; the code itself where it is unknown."""
    data = _data()
    if code in data["departement"]:
        return f"{data['departement'][code]} ({code})"
    if code in data["region"]:
        return data["region"][code]["name"]
    if code in data["canton"]:
        return _("canton : %(name)s") % {"name": data["canton"][code]}
    return str(countries.name(code)) or code


def canton_names() -> dict[str, str]:
    """Swiss cantons: code -> name."""
    return dict(_data()["canton"])


def is_country(code: str) -> bool:
    return code in countries


def grouped_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a form, near to far: départements, cantons, regions, countries."""
    return _choices_in(get_language())


@cache
def _choices_in(language: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Some 400 names, said once in each language."""
    data = _data()
    return [
        (str(_("Départements")), [(code, str(name_of(code))) for code in data["departement"]]),
        (str(_("Cantons suisses")), [(code, str(name_of(code))) for code in data["canton"]]),
        (str(_("Régions")), [(code, name_of(code)) for code in data["region"]]),
        (str(_("Pays")), [(code, str(name)) for code, name in countries]),
    ]


# French prepositions of place: usage as the Commission d'enrichissement's list of country names gives it.
# Islands and towns without an article take "à"; those with a feminine one, "à la".
_WITH_A = {
    "AG", "AI", "AW", "BH", "BL", "BQ", "CU", "CW", "CY", "DJ", "GG", "GI", "GU", "HK", "HT", "JE", "KN", "LC", "MC",
    "MF", "MG", "MO", "MS", "MT", "MU", "NU", "OM", "PM", "PR", "SG", "SH", "SM", "ST", "SX", "TT", "TW", "VC", "WF",
    "YT",
}  # fmt: skip
_WITH_A_LA = {"BB", "DM", "GD", "RE"}
_WITH_AUX = {"AE", "AS", "BM", "BS", "FJ", "KI", "KM", "MV", "NL", "PH", "PW", "SB", "SC", "TF", "TK", "TO", "TV", "US"}
_MASCULINE_IN_E = {"BZ", "GB", "IO", "KH", "MX", "MZ", "SR", "ZW"}
_FEMININE_NOT_IN_E = {"SL"}


def in_country(code: str) -> str:
    """Where something happens, as French says it: au Sénégal, en Tunisie, à Madagascar, aux Comores."""
    name = re.split(r", | \(", str(countries.name(code)))[0]  # "Palestine, État de"; "Micronésie (États fédérés de)"
    for preposition, codes in (("à", _WITH_A), ("à la", _WITH_A_LA), ("aux", _WITH_AUX)):
        if code in codes:
            return f"{preposition} {name}"
    first_word = re.split(r"[ -]", normalise(name))[0]
    if first_word in ("ile", "iles"):
        return f"à l'{name}" if first_word == "ile" else f"aux {name}"
    feminine = first_word.endswith("e") and code not in _MASCULINE_IN_E
    if feminine or first_word[0] in "aeiou" or code in _FEMININE_NOT_IN_E:
        return f"en {name}"
    return f"au {name}"
