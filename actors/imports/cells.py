"""From the text of one cell to a value, and back.

Each reader takes a text that is not empty and returns what an actor holds, or raises WrongError.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import override
from django_countries import countries

from coexist.common import territories
from coexist.common.language.text import normalise
from coexist.common.sheets import as_written
from coexist.common.themes import Theme

from ..enums import ActorKind, ActorSize, Language, RegistrationKind
from .problems import WrongError

MOST_LISTED = 60  # values in one cell
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\ufeff\ufffd]")
_CELL_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|VALEUR!|NOM\?)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?|\d{1,2}/\d{1,2}/\d{4}( [\d:]+)?|\d\d:\d\d:\d\d")
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE]\+?\d+")
_PHONE = re.compile(r"\+?[\d ().\-/\u00a0]{6,30}")
_web = URLValidator(schemes=["http", "https"])


# The cell itself ------------------------------------------------------------------------------


def plain(raw: str) -> str:
    """The text of a cell as it stood before a sheet made it harmless; line breaks of one sort, no space around."""
    return as_written(raw).replace("\r\n", "\n").replace("\r", "\n").strip()


def check_text(raw: str) -> str:
    """What no column admits is refused here; returns the plain text."""
    text = plain(raw)
    if _CELL_ERROR.fullmatch(text):
        raise WrongError("cell_error", value=text)
    if raw.lstrip().startswith("="):
        raise WrongError("formula")
    if _CONTROL.search(text):
        raise WrongError("control")
    if _TAG.search(text):
        raise WrongError("html")
    if _DATE.fullmatch(text):
        raise WrongError("is_date")
    return text


# Readers --------------------------------------------------------------------------------------


def line_of_text(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        return _short_enough(" ".join(text.split()), most)

    return read


def paragraphs(most: int) -> Callable[[str], str]:
    return lambda text: _short_enough(text, most)


def code_of(text: str) -> str:
    """A text in which a number has lost nothing to the spreadsheet."""
    if _SCIENTIFIC.fullmatch(text):
        raise WrongError("scientific")
    return text


def one_of(choices: Any, code: str, also: dict[str, str] | None = None) -> Callable[[str], str]:
    """A choice by its code, its label in either language, or another usual word."""

    @cache
    def names() -> dict[str, str]:
        return _choice_names(choices, also or {})

    def read(text: str) -> str:
        found = names().get(key_of(text))
        if found is None:
            raise WrongError(code, value=text[:60])
        return found

    return read


def several(read_one: Callable[[str], Any]) -> Callable[[str], list]:
    """A list in one cell; commas separate only where the text between them is no name of its own."""

    def read(text: str) -> list:
        found = list(dict.fromkeys(_each(text, [r"[;|\n]", r"[,/]"])))
        if len(found) > MOST_LISTED:
            raise WrongError("too_many", count=len(found), most=MOST_LISTED)
        return found

    def _each(text: str, separators: list[str]) -> list:
        try:
            return [read_one(text)]
        except WrongError:
            parts = [part.strip() for part in re.split(separators[0], text) if part.strip()] if separators else []
            if len(parts) < 2 and len(separators) < 2:
                raise
        return [value for part in parts for value in _each(part, separators[1:])]

    return read


def country(text: str) -> str:
    found = _countries().get(key_of(text))
    if found is None:
        raise WrongError("unknown_country", value=text[:60])
    return found


def territory(text: str) -> str:
    found = _territories().get(key_of(text))
    if found is None:
        raise WrongError("unknown_territory", value=text[:60])
    return found


def theme(text: str) -> int:
    number = re.fullmatch(r"(?:odd|sdg|objectif|goal)? ?n? ?0?(\d{1,2})(?: [a-z ]+)?", key_of(text))
    if number and int(number[1]) in Theme.values:
        return int(number[1])
    return int(_theme_by_name(text))


def size(text: str) -> str:
    """A class of size, or a number of posts."""
    if text.isascii() and text.isdigit() and len(text) < 8:
        number = int(text)
        for most, code in ((0, "0"), (9, "1-9"), (49, "10-49"), (249, "50-249")):
            if number <= most:
                return code
        return "250+"
    return _size_by_name(text)


def email(text: str) -> str:
    address = text.removeprefix("mailto:").strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise WrongError("bad_email") from error
    return _short_enough(address, 254)


def web(text: str) -> str:
    address = text if "//" in text else f"https://{text}"
    try:
        _web(address)
    except ValidationError as error:
        raise WrongError("bad_url") from error
    return _short_enough(address, 200)


def phone(text: str) -> str:
    text = code_of(text)
    if not _PHONE.fullmatch(text) or sum(character.isdigit() for character in text) < 6:
        raise WrongError("bad_phone")
    return _short_enough(text.replace("\u00a0", " "), 30)


def number_between(least: int, most: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError as error:
            raise WrongError("bad_number", least=least, most=most) from error
        if not least <= value <= most:
            raise WrongError("bad_number", least=least, most=most)
        return value

    return read


def slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise WrongError("bad_slug")
    return _short_enough(text, 80)


# Names and their codes ------------------------------------------------------------------------

KIND_WORDS = {
    "association": "ngo", "asso": "ngo", "ong": "ngo", "association loi 1901": "ngo", "fondation": "ngo",
    "non profit": "ngo", "societe": "company", "cooperative": "company", "business": "company", "bureau d etudes":
    "company", "collectivite": "collectivite", "commune": "collectivite", "mairie": "collectivite", "departement":
    "collectivite", "region": "collectivite", "intercommunalite": "collectivite", "agglomeration": "collectivite",
    "local authority": "collectivite", "universite": "university", "recherche": "university", "laboratoire":
    "university", "enseignement superieur": "university", "research": "university", "federation": "network",
    "collectif": "network", "reseau regional multi acteurs": "network", "ecole": "school_or_cultural_venue",
    "lycee": "school_or_cultural_venue", "college": "school_or_cultural_venue", "school": "school_or_cultural_venue",
    "lieu culturel": "school_or_cultural_venue", "mjc": "school_or_cultural_venue", "bibliotheque":
    "school_or_cultural_venue", "cinema": "school_or_cultural_venue", "agence": "public_agency",
    "etablissement public": "public_agency", "operateur public": "public_agency",
}  # fmt: skip
SIZE_WORDS = {"aucun": "0", "plus de 250": "250+", "1 a 9": "1-9", "10 a 49": "10-49", "50 a 249": "50-249"}
REGISTER_WORDS = {"siren": "siren", "siret": "siret", "rna": "rna", "ide": "ch_uid", "uid": "ch_uid", "autre": "other"}
COUNTRY_WORDS = {"royaume uni": "GB", "etats unis": "US", "cote d ivoire": "CI", "rdc": "CD", "coree du sud": "KR",
                 "uk": "GB", "usa": "US", "republique dominicaine": "DO", "rd congo": "CD"}  # fmt: skip

kind = one_of(ActorKind, "unknown_kind", KIND_WORDS)
language = one_of(Language, "unknown_language")
_theme_by_name = one_of(Theme, "unknown_theme")
_size_by_name = one_of(ActorSize, "unknown_size", SIZE_WORDS)
register = one_of(RegistrationKind, "unknown_register", REGISTER_WORDS)


def key_of(text: str) -> str:
    """Lower case, no accents, words apart by one space."""
    return " ".join(re.findall(r"[a-z0-9]+", normalise(text)))


def _choice_names(choices: Any, also: dict[str, str]) -> dict[str, str]:
    """Names in both languages; codes win over labels, labels over other words."""
    names = also | _in_both_languages(lambda: choices.choices)
    return names | {key_of(str(code)): str(code) for code in choices.values}


@cache
def _countries() -> dict[str, str]:
    return (
        COUNTRY_WORDS | _in_both_languages(lambda: list(countries)) | {key_of(code): code for code, _name in countries}
    )


@cache
def _territories() -> dict[str, str]:
    """Countries give way to regions, those to cantons, those to départements of the same name."""
    names = dict(_countries())
    for place in (2, 1, 0):
        found = _in_both_languages(partial(_territories_of_group, place))
        names |= found | {key_of(code): code for code in found.values()}
    # A spreadsheet drops the zero of "01".
    return names | {str(number): f"0{number}" for number in range(1, 10)}


def _territories_of_group(place: int) -> list[tuple[str, str]]:
    """As they are shown ("Haute-Savoie (74)", "canton : Genève"), and by their bare names."""
    choices = territories.grouped_choices()[place][1]
    bare = [(code, re.sub(r"\(.*\)|^.* : ", "", str(label))) for code, label in choices]
    return [*choices, *bare]


def _in_both_languages(choices: Callable[[], Iterable[tuple[Any, Any]]]) -> dict[str, str]:
    """Key of each label -> code; French wins."""
    names: dict[str, str] = {}
    for language_code in ("en", "fr"):
        with override(language_code):
            names |= {key_of(str(label)): str(code) for code, label in choices()}
    return names


def _short_enough(text: str, most: int) -> str:
    if len(text) > most:
        raise WrongError("too_long", length=len(text), most=most)
    return text
