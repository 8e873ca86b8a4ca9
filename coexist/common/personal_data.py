"""What each room keeps about a person: shown and handed over on request, wiped with the account.

A room declares its holdings in a `personal_data.py` that its AppConfig loads, so that the export
(GDPR art. 15 and 20) and the erasure (art. 17) know rooms that they may not import.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

LONG = 80  # characters that one column holds
Addresses = frozenset[str]  # a person's e-mail addresses, in lower case


@dataclass(frozen=True)
class Holding:
    """Rows about one person. `fields` are names of the model's own, in the order they are shown."""

    code: str
    title: Any  # a lazy translation
    fields: tuple[str, ...]
    rows: Callable[[Any, Addresses], QuerySet]
    erase: Callable[[Any, Addresses], Any] | None = None
    is_about_self: bool = False  # shown before what somebody wrote and received


@dataclass(frozen=True)
class HeldField:
    name: str
    label: str
    value: Any  # as stored, for machines
    shown: Any  # as read by people

    @property
    def is_long(self) -> bool:
        return isinstance(self.shown, str) and len(self.shown) > LONG


@dataclass(frozen=True)
class Held:
    """One holding as one person may see it."""

    code: str
    title: Any
    rows: list[list[HeldField]]
    is_cut: bool


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> Holding:
    if _holdings.setdefault(holding.code, holding) is not holding:
        raise ValueError(f"Holding {holding.code!r} is declared twice")
    return holding


def held_about(person: Any, addresses: Addresses, most: int) -> Iterator[Held]:
    """What the rooms keep about `person`, at most `most` rows of each holding, empty ones included."""
    for holding in sorted(_holdings.values(), key=lambda holding: not holding.is_about_self):
        found = list(holding.rows(person, addresses)[: most + 1])
        rows = [_fields(row, holding.fields) for row in found[:most]]
        yield Held(holding.code, holding.title, rows, is_cut=len(found) > most)


def erase_all(person: Any, addresses: Addresses) -> None:
    """Let each room wipe what it keeps; inside the transaction of the erasure."""
    for holding in _holdings.values():
        if holding.erase is not None:
            holding.erase(person, addresses)


def _fields(row: Model, names: Iterable[str]) -> list[HeldField]:
    return [_field(row, name) for name in names]


def _field(row: Model, name: str) -> HeldField:
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if field.is_relation:
        value = None if value is None else str(value)
    return HeldField(name, str(getattr(field, "verbose_name", name)), value, _shown(row, name, value))


def _shown(row: Model, name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else value
