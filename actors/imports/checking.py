"""Reading one line by the columns that people mapped, with everything that is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stdnum.ch import uid
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.fr import siren, siret

from ..enums import RegistrationKind
from . import cells
from .columns import BY_CODE
from .problems import Problem, WrongError

NEEDED = ("name", "kind")
# Associations known to the répertoire national: W, the prefecture's office, six digits.
_RNA = re.compile(r"W[0-9][0-9A-Z][0-9A-Z]\d{6}")
_POSTCODES = {"FR": re.compile(r"\d{5}"), "CH": re.compile(r"\d{4}")}
_PADDED = re.compile(r"\d{4}")


@dataclass
class Checked:
    """The values that were read, by column, and what stood in the way of the others."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)

    def note(self, column: str, code: str, **params: Any) -> None:
        self.problems.append(Problem(column, code, params))


def check_line(
    raw: Sequence[str], mapping: dict[str, int], *, width: int, default_kind: str = "", default_country: str = "FR"
) -> Checked:
    """`width` is the number of headings: cells beyond it belong to no column."""
    checked = Checked()
    for code, place in mapping.items():
        _read_cell(checked, code, raw[place] if place < len(raw) else "")
    if any(cell.strip() for cell in raw[width:]):
        checked.note("", "extra_cells")
    values = checked.values
    if default_kind and "kind" not in values and not _has_problem(checked, "kind"):
        values["kind"] = default_kind
    for code in NEEDED:
        if code not in values and not _has_problem(checked, code):
            checked.note(code, "missing")
    if not _has_problem(checked, "country"):
        values.setdefault("country", default_country)
    _check_postcode(checked)
    _check_number(checked)
    _check_position(checked)
    return checked


def _read_cell(checked: Checked, code: str, raw: str) -> None:
    if not raw.strip():
        return
    try:
        text = cells.check_text(raw)
        if text:
            checked.values[code] = BY_CODE[code].read(text)
    except WrongError as error:
        checked.note(code, error.code, **error.params)


def _has_problem(checked: Checked, code: str) -> bool:
    return any(problem.column == code for problem in checked.problems)


def _check_postcode(checked: Checked) -> None:
    """France has five digits, Switzerland four; other countries write as they like."""
    values = checked.values
    postcode, country = values.get("postcode"), values.get("country")
    wanted = _POSTCODES.get(str(country))
    if not postcode or wanted is None or wanted.fullmatch(postcode):
        return
    if country == "FR" and _PADDED.fullmatch(postcode):
        values["postcode"] = f"0{postcode}"
        checked.note("postcode", "postcode_padded", value=values["postcode"])
    else:
        del values["postcode"]
        checked.note("postcode", "bad_postcode", country=country)


def _check_number(checked: Checked) -> None:
    """A number goes with its register; its own form tells which where nobody said."""
    values = checked.values
    written, register = values.get("registration_number"), values.get("registration_kind")
    if not written:
        if register and not _has_problem(checked, "registration_number"):
            checked.note("registration_number", "no_number")
        return
    compact = re.sub(r"[\s.\-\u00a0]", "", written).upper()
    register = register or _register_of(compact)
    if register is None:
        if not _has_problem(checked, "registration_kind"):
            checked.note("registration_number", "no_register")
        del values["registration_number"]
        return
    number = _valid(register, compact, written)
    if number is None:
        checked.note("registration_number", f"wrong_{register}")
        del values["registration_number"]
        return
    values["registration_kind"], values["registration_number"] = register, number


def _register_of(compact: str) -> str | None:
    if compact.isdigit():
        return {9: RegistrationKind.SIREN.value, 14: RegistrationKind.SIRET.value}.get(len(compact))
    if compact.startswith("CHE"):
        return RegistrationKind.CH_UID.value
    return RegistrationKind.RNA.value if compact.startswith("W") else None


def _valid(register: str, compact: str, written: str) -> str | None:
    if register == RegistrationKind.OTHER:
        return written if len(written) <= 20 else None
    if register == RegistrationKind.RNA:
        return compact if _RNA.fullmatch(compact) else None
    validate = {
        RegistrationKind.SIREN: siren.validate, RegistrationKind.SIRET: siret.validate,
        RegistrationKind.CH_UID: uid.validate,
    }[RegistrationKind(register)]  # fmt: skip
    try:
        return validate(compact)
    except WrongNumber:
        return None


def _check_position(checked: Checked) -> None:
    values = checked.values
    if ("latitude" in values) == ("longitude" in values):
        return
    given = "latitude" if "latitude" in values else "longitude"
    if not (_has_problem(checked, "latitude") or _has_problem(checked, "longitude")):
        checked.note(given, "half_position")
    del values[given]
