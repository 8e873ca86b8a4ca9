"""Facets: what a list can be narrowed by, with how many rows each value would leave.

Inside a facet any of the chosen values will do; between facets, all must hold. A facet's counts
ignore its own choice, so that one sees what a second value would add. One statement counts all
facets of a list: the rows that several facets have in common are read once.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.cache import BaseCache, caches
from django.db import connections
from django.db.models import QuerySet

from .statements import compiled

KEPT_FOR = 600  # seconds
KEPT_FROM = 2_000  # rows


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


def together(one: Counts, other: Counts) -> Counts:
    """Counts of two lists with the same facets, as if they were one; facets that only `other` has are left out."""
    added: dict[str, dict[str, int]] = {}
    for facet, counts in one.by_facet.items():
        added[facet] = dict(counts)
        for value, number in other.of(facet).items():
            added[facet][value] = added[facet].get(value, 0) + number
    return Counts(one.total + other.total, added)


def narrowed(rows: QuerySet, facets: Iterable[Facet], chosen: Mapping[str, Sequence]) -> QuerySet:
    """Rows that meet what is chosen in every facet."""
    for facet in facets:
        rows = facet.narrow(rows, chosen.get(facet.name, ()))
    return rows


def count(rows: QuerySet, facets: Sequence[Facet], chosen: Mapping[str, Sequence], *, keep_as: str = "") -> Counts:
    """Counts of `rows` (before any facet's choice), in one statement.

    With `keep_as`, the name of a list that everybody sees alike, counts over more than KEPT_FROM
    rows are remembered for ten minutes: among so many rows nobody misses the one that was just added.
    """
    groups = _groups(facets, chosen, keep_as)
    kept = _memory().get_many([group.key for group in groups]) if keep_as else {}
    known = {group: kept[group.key] for group in groups if group.is_answered_by(kept.get(group.key))}
    missing = [group for group in groups if group not in known]
    counted = _run(rows, facets, chosen, missing) if missing else {}
    if keep_as:
        _keep(counted, kept)
    by_group = known | counted
    by_facet = {
        facet.name: by_group[group].of(facet.name)
        for group in groups
        for facet in facets
        if facet.name in group.members
    }
    return Counts(by_group[groups[0]].total, by_facet)


@dataclass(frozen=True)
class _Group:
    """Facets that count the same rows: all those without a choice, or one of the others alone."""

    ignored: str  # the facet whose choice these rows do not meet
    members: tuple[str, ...]
    key: str = ""  # of the rows, whichever facets are counted

    def is_answered_by(self, counts: Counts | None) -> bool:
        return counts is not None and set(self.members) <= set(counts.by_facet)


def _groups(facets: Sequence[Facet], chosen: Mapping[str, Sequence], keep_as: str) -> list[_Group]:
    """The list's own rows first, though no facet may be left to count them."""
    free = tuple(facet.name for facet in facets if not chosen.get(facet.name))
    taken = [facet.name for facet in facets if chosen.get(facet.name)]
    members = [("", free), *((name, (name,)) for name in taken)]
    return [_Group(ignored, names, _key(keep_as, chosen, ignored)) for ignored, names in members]


def _key(keep_as: str, chosen: Mapping[str, Sequence], ignored: str) -> str:
    met = sorted((name, sorted(map(str, values))) for name, values in chosen.items() if values and name != ignored)
    return f"facets:{hashlib.sha256(repr((keep_as, met)).encode()).hexdigest()[:32]}"


def _keep(counted: Mapping[_Group, Counts], kept: Mapping[str, Counts]) -> None:
    """With the facets of the same rows that are known already."""
    many = {group.key: counts for group, counts in counted.items() if counts.total > KEPT_FROM}
    known = {key: kept[key].by_facet if key in kept else {} for key in many}
    _memory().set_many({key: replace(one, by_facet=known[key] | one.by_facet) for key, one in many.items()}, KEPT_FOR)


def _memory() -> BaseCache:
    """Of this process: asking the database's cache would take as long as a small count."""
    return caches["memory"]


def _run(
    rows: QuerySet, facets: Sequence[Facet], chosen: Mapping[str, Sequence], groups: Sequence[_Group]
) -> dict[_Group, Counts]:
    withs, parts = [], []
    parameters: list = []
    for number, group in enumerate(groups):
        source, members = f"hit{number}", [facet for facet in facets if facet.name in group.members]
        columns = list(dict.fromkeys(facet.column for facet in members))
        others = [facet for facet in facets if facet.name != group.ignored]
        hits = narrowed(rows, others, chosen).order_by().values_list("pk", *columns)
        sql, values = compiled(hits)
        names = ", ".join(["pk", *(f"c{place}" for place in range(len(columns)))])
        withs.append(f"{source} ({names}) AS MATERIALIZED ({sql})")
        parameters += values
        parts += [_part(number, facet, f"c{columns.index(facet.column)}") for facet in members]
        parts.append(f"SELECT {number}, '', '', count(*) FROM {source}")  # noqa: S608 - no word of a visitor's
    found: dict[int, Counts] = {
        number: Counts(0, {name: {} for name in group.members}) for number, group in enumerate(groups)
    }
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"WITH {', '.join(withs)} {' UNION ALL '.join(parts)}", parameters)
        for number, facet, value, total in cursor.fetchall():
            if facet:
                found[number].by_facet[facet][value] = total
            else:
                found[number] = replace(found[number], total=total)
    return {group: found[number] for number, group in enumerate(groups)}


def _part(number: int, facet: Facet, column: str) -> str:
    """Names of facets and columns are the program's own."""
    value = f"unnest({column})" if facet.is_array else column
    return (
        f"SELECT {number}, '{facet.name}', value::text, count(*) "  # noqa: S608
        f"FROM (SELECT {value} AS value FROM hit{number}) one GROUP BY value"
    )
