"""A figure: the one thing from which its table, its chart and its sheet are made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Value = int | float | None  # None: too few cases to be told


class Drawn(Enum):
    """As what a figure is drawn, beside its table."""

    BARS = "bars"
    MONTHS = "months"
    NOT = "not"


@dataclass(frozen=True)
class Row:
    labels: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        return " · ".join(self.labels)

    @property
    def texts(self) -> list[str]:
        return [shown(value) for value in self.values]


@dataclass(frozen=True)
class Figure:
    """`heads` name the labels of a row, `columns` its values."""

    code: str
    title: str
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    drawn: Drawn = Drawn.BARS
    note: str = ""

    @property
    def has_few(self) -> bool:
        return any(value is None for row in self.rows for value in row.values)


def row(label: str, *values: Value) -> Row:
    return Row((str(label),), values)


def shown(value: Value) -> str:
    """As a person reads it: 12 345, 3,5."""
    if value is None:
        return _("moins de cinq cas")
    return written(value) if isinstance(value, float) else f"{value:,}".replace(",", "\u202f")


def written(value: Value) -> str:
    """As a spreadsheet reads it."""
    if value is None:
        return _("moins de cinq cas")
    return number_format(value, 1) if isinstance(value, float) and value != int(value) else str(int(value))


def sheet(figure: Figure) -> Iterator[Sequence[str]]:
    """The same figure, line by line."""
    yield [*figure.heads, *figure.columns]
    for each in figure.rows:
        yield [*each.labels, *(written(value) for value in each.values)]
