"""Finding rows of every type in one statement (`ways.py` writes each type's part), and their best places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from coexist.common.wanted import Wanted

from .findable import Findable
from .ways import LEAST_ALIKE_SLIP, LOOSELY, MOST, STRICT, TITLES, TypeWays, Ways

FEW = 5  # a type with fewer rows is asked again, loosely


@dataclass
class Group:
    """The rows of one type that answer: how many, and those asked for, best first, by key with their scores."""

    findable: Findable
    total: int = 0
    best: float = 0.0
    rows: dict[int, float] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        return self.total >= MOST

    @property
    def count(self) -> int:
        return min(self.total, MOST)

    def read(self, key: int, score: float, total: int, *, is_asked: bool) -> None:
        self.total, self.best = total, max(self.best, score)
        if is_asked:
            self.rows[key] = score


@dataclass(frozen=True)
class Range:
    """Of each type the first rows; or, of `only` one, those from `start` on, and of the others their number."""

    most: int
    start: int = 0
    only: str = ""

    def limits(self, code: str) -> tuple[int, int]:
        """The first and the last place; the first row of each type comes in any case, with the type's number."""
        if not self.only:
            return 1, self.most
        return (self.start + 1, self.start + self.most) if code == self.only else (2, 1)


def find(
    types: Sequence[Findable], user: Any, wanted: Wanted, asked: Range, *, titles_only: bool = False
) -> list[Group]:
    """A group for each type in which something was found, the one with the best answer first.

    Types with few answers are asked again, loosely; where nothing answers at all, slips are forgiven more freely too.
    """
    made = [TypeWays(number, one, user, wanted) for number, one in enumerate(types)]
    groups = _find(made, asked, TITLES if titles_only else STRICT)
    if not any(group.total for group in groups):
        ways = Ways(titles_only, is_loose=not titles_only, least_alike=LEAST_ALIKE_SLIP)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LEAST_ALIKE_SLIP)])
            groups = _find(made, asked, ways)
    elif not titles_only:
        gaining = [one for one in made if one.one.has_meaning or wanted.words[1:]]
        few = [one for one in gaining if groups[one.number].total < FEW]
        for one, group in zip(few, _find(few, asked, LOOSELY) if few else [], strict=True):
            groups[one.number] = group
    return sorted((one for one in groups if one.total), key=lambda one: -one.best)


def _find(made: Sequence[TypeWays], asked: Range, ways: Ways) -> list[Group]:
    types = [one.one for one in made]
    groups = [Group(one) for one in types]
    withs = [part for number, one in enumerate(made) for part in one.again(number, ways).expressions]
    values = [value for part in withs for value in part.values]
    limits = ", ".join("(%s, %s, %s)" for _one in types)
    values += [value for number, one in enumerate(types) for value in (number, *asked.limits(one.code))]
    measured = " UNION ALL ".join(f"SELECT {number}, * FROM m{number}" for number in range(len(types)))  # noqa: S608
    statement = STATEMENT.format(withs=", ".join(part.sql for part in withs), measured=measured, limits=limits)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for number, key, score, place, total in cursor.fetchall():
            groups[number].read(key, score, total, is_asked=place >= asked.limits(types[number].code)[0])
    return groups


# No word of a visitor's stands in SQL: parameters carry them.
STATEMENT = """
    WITH {withs},
        placed AS (
            SELECT *, row_number() OVER (PARTITION BY type ORDER BY score DESC, key DESC) AS place,
                count(*) OVER (PARTITION BY type) AS total
            FROM ({measured}) measured (type, key, score)
        )
    SELECT type, key, score, place, total
    FROM placed JOIN (VALUES {limits}) asked (number, first, last) ON number = type
    WHERE place = 1 OR place BETWEEN first AND last
    ORDER BY type, place"""
