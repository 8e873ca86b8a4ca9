"""Facets: what a list can be narrowed by, with how many rows each value would leave.

Inside a facet any of the chosen values will do; between facets, all must hold. A facet's counts
ignore its own choice, so that one sees what a second value would add. One statement counts all
facets of a list: the rows that several facets have in common are read once.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connections
from django.db.models import QuerySet

KEPT_FOR = 60  # seconds


@dataclass(frozen=True)
class Facet:
    """One facet: its name in the address, and the column (or path to it) that holds its values.

    An array column holds each of its values once.
    """

    name: str
    column: str
    is_array: bool = True

    def narrow(self, rows: QuerySet, values: Sequence) -> QuerySet:
        """Rows with any of `values`; all rows where none is chosen."""
        if not values:
            return rows
        return rows.filter(**{f"{self.column}__{'overlap' if self.is_array else 'in'}": list(values)})


@dataclass(frozen=True)
class Counts:
    """How many rows the list has, and each facet's values with theirs: facet -> value as text -> rows."""

    total: int
    by_facet: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, facet: str) -> dict[str, int]:
        return self.by_facet.get(facet, {})


def narrowed(rows: QuerySet, facets: Iterable[Facet], chosen: Mapping[str, Sequence]) -> QuerySet:
    """Rows that meet what is chosen in every facet."""
    for facet in facets:
        rows = facet.narrow(rows, chosen.get(facet.name, ()))
    return rows


def count(rows: QuerySet, facets: Sequence[Facet], chosen: Mapping[str, Sequence]) -> Counts:
    """Counts of `rows` (before any facet's choice), in one statement."""
    withs, parts, parameters = [], [], []
    for number, (ignored, members) in enumerate(_groups(facets, chosen)):
        source, columns = f"hit{number}", list(dict.fromkeys(facet.column for facet in members))
        others = [facet for facet in facets if facet is not ignored]
        hits = narrowed(rows, others, chosen).order_by().values_list("pk", *columns)
        sql, values = hits.query.sql_with_params()
        names = ", ".join(["pk", *(f"c{place}" for place in range(len(columns)))])
        withs.append(f"{source} ({names}) AS MATERIALIZED ({sql})")
        parameters += values
        parts += [_part(facet, f"c{columns.index(facet.column)}", source) for facet in members]
    parts.append("SELECT '', '', count(*) FROM hit0")
    total, found = _run(rows.db, f"WITH {', '.join(withs)} {' UNION ALL '.join(parts)}", parameters)
    return Counts(total, {facet.name: found.get(facet.name, {}) for facet in facets})


def kept_count(key: str, rows: QuerySet, facets: Sequence[Facet], chosen: Mapping[str, Sequence]) -> Counts:
    """`count`, remembered for a minute under `key`: for what everybody sees, before anybody filters."""
    kept = f"facets:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    counts = cache.get(kept)
    if counts is None:
        counts = count(rows, facets, chosen)
        cache.set(kept, counts, KEPT_FOR)
    return counts


def _groups(facets: Sequence[Facet], chosen: Mapping[str, Sequence]) -> list[tuple[Facet | None, list[Facet]]]:
    """Facets that count the same rows: all those without a choice, then each of the others alone.

    The first group is there without a facet too: its rows are the list's own.
    """
    free = [facet for facet in facets if not chosen.get(facet.name)]
    taken = [facet for facet in facets if chosen.get(facet.name)]
    return [(None, free), *((facet, [facet]) for facet in taken)]


def _part(facet: Facet, column: str, source: str) -> str:
    """Names of facets and columns are the program's own."""
    if facet.is_array:
        return f"SELECT '{facet.name}', value::text, count(*) FROM {source}, unnest({column}) value GROUP BY value"  # noqa: S608
    return f"SELECT '{facet.name}', {column}::text, count(*) FROM {source} GROUP BY {column}"  # noqa: S608


def _run(database: str, sql: str, parameters: list[Any]) -> tuple[int, dict[str, dict[str, int]]]:
    total, found = 0, {}
    with connections[database].cursor() as cursor:
        cursor.execute(sql, parameters)
        for facet, value, number in cursor.fetchall():
            if facet:
                found.setdefault(facet, {})[value] = number
            else:
                total = number
    return total, found
