"""Numbers of the registers that know organisations: checked, stored compact, shown as their register writes them.

SIREN and SIRET (INSEE, Luhn's key), Swiss UID (Federal Statistical Office, key modulo 11): python-stdnum.
RNA (Répertoire national des associations, arrêté of 14 October 2009): W, then nine digits, of which the
second may be A or B in Corsica. It has no key.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions
from stdnum.ch import uid
from stdnum.fr import siren, siret

from .enums import RegistrationKind

LONGEST = 20  # the column
_RNA = re.compile(r"W[0-9][0-9AB][0-9]{7}")


def _rna(number: str) -> str:
    compact = re.sub(r"[\s.-]", "", number).upper()
    if not _RNA.fullmatch(compact):
        raise exceptions.InvalidFormat
    return compact


def _swiss(number: str) -> str:
    """The register of VAT payers adds a word to the same number: CHE-123.456.788 TVA."""
    return uid.validate(re.sub(r"\s*(TVA|MWST|IVA|VAT)\s*$", "", number.strip(), flags=re.IGNORECASE))


def _free(number: str) -> str:
    return " ".join(number.split())


def _as_it_is(number: str) -> str:
    return number


@dataclass(frozen=True)
class Register:
    validate: Callable[[str], str]  # the number compact; raises where it is wrong
    shown: Callable[[str], str]
    wrong: Any  # what to look for, said to who typed it


REGISTERS = {
    RegistrationKind.SIREN: Register(
        siren.validate, lambda number: re.sub(r"(\d{3})(?=\d)", r"\1 ", number),
        _("Ce numéro SIREN n'est pas valable : il a 9 chiffres, par exemple 732 829 320."),
    ),
    RegistrationKind.SIRET: Register(
        siret.validate, siret.format,
        _("Ce numéro SIRET n'est pas valable : il a 14 chiffres, par exemple 732 829 320 00074."),
    ),
    RegistrationKind.RNA: Register(
        _rna, _as_it_is, _("Ce numéro RNA n'est pas valable : la lettre W puis 9 chiffres, par exemple W743001234."),
    ),
    RegistrationKind.CH_UID: Register(
        _swiss, uid.format,
        _("Ce numéro IDE n'est pas valable : CHE puis 9 chiffres, par exemple CHE-100.155.212."),
    ),
    RegistrationKind.OTHER: Register(_free, _as_it_is, _("Ce numéro n'est pas valable.")),
}  # fmt: skip


def compact(kind: str, number: str) -> str:
    """The number as it is stored. Raises ValidationError with a sentence when the register cannot have it."""
    register = REGISTERS[RegistrationKind(kind)]
    try:
        return register.validate(number)
    except exceptions.ValidationError:
        raise ValidationError(register.wrong, code="wrong_number") from None


def shown(kind: str, number: str) -> str:
    """As the register writes it."""
    return REGISTERS[RegistrationKind(kind)].shown(number) if kind in RegistrationKind.values else number


def kind_of(number: str) -> str | None:
    """The register that a number can only come from, for who typed a number and chose none.

    Nine bare digits are a SIREN or a slip, never taken for a Swiss number.
    """
    kinds = [RegistrationKind.SIREN, RegistrationKind.SIRET, RegistrationKind.RNA]
    if number.strip().upper().startswith("CHE"):
        kinds = [RegistrationKind.CH_UID]
    return next((kind for kind in kinds if _is_right(kind, number)), None)


def _is_right(kind: RegistrationKind, number: str) -> bool:
    try:
        REGISTERS[kind].validate(number)
    except exceptions.ValidationError:
        return False
    return True


def check(kind: str, number: str) -> str | None:
    """What is wrong with a number, in a sentence; None when nothing is, or nothing can be said."""
    if not number or kind not in RegistrationKind.values:
        return None
    return None if _is_right(RegistrationKind(kind), number) else str(REGISTERS[RegistrationKind(kind)].wrong)
