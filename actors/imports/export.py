"""Actors as a sheet that can be imported again: the same columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from ..models import Actor, Offer
from . import cells
from .columns import COLUMNS

READ_AT_ONCE = 500  # actors in memory
MOST_ACTORS = 50_000


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
        yield [column.write(actor) for column in COLUMNS]


def sample_rows() -> list[list[str]]:
    """The sheet to fill in: headings and one line that shows what goes where."""
    return [[str(column.label) for column in COLUMNS], [str(column.example) for column in COLUMNS]]


def problems_rows(lines: Iterable[Any], headings: Sequence[str], told: Any) -> Iterator[list[str]]:
    """The lines to correct, as they stood in the file, with a column that says what is wrong."""
    yield [*headings, _("Problèmes")]
    for line in lines:
        filled = [*line.raw[: len(headings)], *[""] * (len(headings) - len(line.raw))]
        yield [*(cells.plain(cell) for cell in filled), " ".join(told(line))]
