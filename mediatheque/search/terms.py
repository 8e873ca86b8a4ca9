"""The words of a search as PostgreSQL looks for them: stems of both languages, known ones where a word is a slip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from coexist.common.excerpts import Wording
from coexist.common.search import CONFIG as FRENCH
from coexist.common.search import all_of
from coexist.common.wanted import Wanted

from ..language import ENGLISH

MOST_WORDS = 8
SHORTEST_SLIP, LONGEST_SLIP = 5, 30  # letters of a word that is put right
NEAR = 30  # stems that look alike, measured letter by letter
MOST_OTHERS = 3
QUERY = f"to_tsquery('{FRENCH}'::regconfig, %s) || to_tsquery('{ENGLISH}'::regconfig, %s)"
ALIKE = """
    WITH asked AS MATERIALIZED (
        SELECT word, tsvector_to_array(to_tsvector(%s::regconfig, word) || to_tsvector(%s::regconfig, word)) AS stems
        FROM unnest(%s::text[]) word
    )
    SELECT asked.word, asked.stems, near.stem, near.pages
    FROM asked CROSS JOIN LATERAL unnest(word || stems) written CROSS JOIN LATERAL (
        SELECT stem, pages FROM mediatheque_knownstem known WHERE known.stem %% written
        ORDER BY similarity(known.stem, written) DESC, pages DESC LIMIT %s
    ) near
    WHERE NOT EXISTS (SELECT 1 FROM mediatheque_knownstem known WHERE known.stem = ANY(asked.stems))"""


@dataclass(frozen=True)
class Query:
    """A tsquery in SQL, and its parameters: no word of a visitor's stands in SQL."""

    sql: str
    values: list[str]


@dataclass(frozen=True)
class Terms:
    words: Sequence[str]
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of words that are slips: what was meant

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.words, self.others)

    @cached_property
    def each(self) -> list[Query]:
        return [self._query(word) for word in self.words]

    @property
    def all(self) -> Query:
        return _joined(self.each, "&&")

    @property
    def any(self) -> Query:
        return _joined(self.each, "||")

    def _query(self, word: str) -> Query:
        quoted = all_of([word])
        others = self.others.get(word, ())
        stems = " || to_tsquery('simple'::regconfig, %s)" * len(others)
        return Query(f"({QUERY}{stems})", [quoted, quoted, *(all_of([stem]) for stem in others)])


def terms_of(wanted: Wanted) -> Terms:
    words = wanted.words[:MOST_WORDS]
    return Terms(words, _meant(words))


def _joined(queries: Sequence[Query], operator: str) -> Query:
    sql = f" {operator} ".join(query.sql for query in queries)
    return Query(f"({sql})", [value for query in queries for value in query.values])


def _meant(words: Sequence[str]) -> dict[str, list[str]]:
    """Stems that stand one or two letters from a word that no public page holds."""
    asked = [word for word in words if SHORTEST_SLIP <= len(word) <= LONGEST_SLIP and word.isalpha()]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [FRENCH, ENGLISH, asked, NEAR])
        rows = cursor.fetchall()
    measured: dict[str, set[tuple[int, int, str]]] = {}
    for word, stems, known, pages in rows:
        slips = min(distance(known, stem) for stem in (word, *stems))
        if slips <= (1 if len(word) < 8 else 2):
            measured.setdefault(word, set()).add((slips, -pages, known))
    return {word: [known for *_rank, known in sorted(near)[:MOST_OTHERS]] for word, near in measured.items()}


def distance(one: str, other: str) -> int:
    """Letters put in, left out, replaced, or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, last, row = row, before, [place]
        for column, against in enumerate(other, 1):
            cost = min(row[-1] + 1, before[column] + 1, before[column - 1] + (letter != against))
            is_exchanged = place > 1 and column > 1 and (letter, one[place - 2]) == (other[column - 2], against)
            row.append(min(cost, last[column - 2] + 1) if is_exchanged else cost)
    return row[-1]
