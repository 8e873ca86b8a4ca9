"""Actors as a sheet that can be imported again: the same columns, formulas made harmless.

A CSV is written as it is sent; a workbook goes through a temporary file, never whole in memory.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook

from ..models import Actor, Offer
from . import cells
from .columns import COLUMNS

READ_AT_ONCE = 500  # actors in memory
MOST_ACTORS = 50_000
MOST_CHARACTERS = 32_767  # in one cell of a spreadsheet
# What no XML may hold; a form lets some of it through.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def actors_for_export(
    state: str = "", kind: str = "", territory: str = "", theme: int | None = None
) -> QuerySet[Actor]:
    """Actors by the filters of the page, with all that the columns read, in a fixed number of queries."""
    offers = Prefetch("offers", Offer.objects.prefetch_related("skills").defer("vector", "stems", "search"))
    rows = Actor.objects.filter(merged_into=None).defer("vector", "stems", "search", "approved_version")
    for filters in ({"state": state}, {"kind": kind}):
        rows = rows.filter(**{name: value for name, value in filters.items() if value})
    if territory:
        rows = rows.filter(territories__contains=[territory])
    if theme:
        rows = rows.filter(themes__contains=[theme])
    return rows.order_by("name_key", "pk").prefetch_related(offers, "contacts")


def rows_of(actors: QuerySet[Actor]) -> Iterator[list[str]]:
    """Headings, then one row for each actor, MOST_ACTORS at most."""
    yield [str(column.label) for column in COLUMNS]
    for actor in actors[:MOST_ACTORS].iterator(chunk_size=READ_AT_ONCE):
        yield [_cell(column.write(actor)) for column in COLUMNS]


def sample_rows() -> list[list[str]]:
    """The sheet to fill in: headings and one line that shows what goes where."""
    return [[str(column.label) for column in COLUMNS], [_cell(str(column.example)) for column in COLUMNS]]


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with its mark and semicolons: what a French spreadsheet opens without asking."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def as_workbook(rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """A temporary file, open at its start; closing it forgets it."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("Acteurs"))
    for row in rows:
        sheet.append(list(row))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def problems_rows(lines: Iterable[Any], headings: Sequence[str], told: Any) -> Iterator[list[str]]:
    """The lines to correct, as they stood in the file, with a column that says what is wrong."""
    yield [*(_cell(heading) for heading in headings), _("Problèmes")]
    for line in lines:
        filled = [*line.raw[: len(headings)], *[""] * (len(headings) - len(line.raw))]
        yield [*(_cell(cells.plain(cell)) for cell in filled), _cell(" ".join(told(line)))]


def _cell(text: str) -> str:
    """Harmless in a spreadsheet, printable, and never longer than it can hold."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))
    return cells.neutralised(text)[:MOST_CHARACTERS]
