"""The words of a search as PostgreSQL looks for them: stems of both languages, known ones where a word is a slip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import log

from django.db import connection

from coexist.common.excerpts import Wording
from coexist.common.search import CONFIG as FRENCH
from coexist.common.wanted import Wanted

from ..language import ENGLISH

MOST_WORDS = 8
SHORTEST_SLIP, LONGEST_SLIP = 5, 30  # letters of a word that is put right
NEAR = 30  # stems that look alike, measured letter by letter
MOST_OTHERS = 3
# A word's stems in each language, in how many documents one of them stands, and in how many the commonest of all does.
READ = """
    SELECT word, french, english,
        (SELECT max(documents) FROM mediatheque_knownstem WHERE stem = ANY(french || english)),
        (SELECT max(documents) FROM mediatheque_knownstem)
    FROM unnest(%s::text[]) word
    CROSS JOIN LATERAL tsvector_to_array(to_tsvector(%s::regconfig, word)) french
    CROSS JOIN LATERAL tsvector_to_array(to_tsvector(%s::regconfig, word)) english"""
ALIKE = """
    SELECT asked.word, near.stem, near.documents
    FROM unnest(%s::text[], %s::text[]) asked (word, written) CROSS JOIN LATERAL (
        SELECT stem, documents FROM mediatheque_knownstem known WHERE known.stem %% written
        ORDER BY similarity(known.stem, written) DESC, documents DESC LIMIT %s
    ) near"""


@dataclass(frozen=True)
class Query:
    """A tsquery in SQL, and its parameters: no word of a visitor's stands in SQL."""

    sql: str
    values: list[str]


@dataclass(frozen=True)
class Term:
    """One word as the index has it: its stems in each language, others where it is a slip."""

    word: str
    stems: Sequence[Sequence[str]]  # what stands for it; of each, all must be there
    weight: float  # among the words of a search: a rare word tells more

    def query(self, *marks: str) -> str:
        """Has the word, in the pages' vectors; in those of files (`words.py`), with one of these marks."""
        each = (" & ".join(_any_mark(stem, marks or ("",)) for stem in stems) for stems in self.stems)
        return "(" + " | ".join(f"({query})" for query in each) + ")"

    def by_mark(self, marks: Sequence[str]) -> list[str]:
        """A query for each mark, the strongest last, of which a file meets one at most."""
        if len(self.stems) == 1 and len(self.stems[0]) == 1:
            return [self.query(mark) for mark in marks]
        least = [self.query(*marks[place:]) for place in range(len(marks))]
        return [f"{this} & !{more}" for this, more in pairwise(least)] + least[-1:]


@dataclass(frozen=True)
class Terms:
    words: Sequence[str]
    each: Sequence[Term] = ()  # of those words that have a stem
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of words that are slips: what was meant

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.words, self.others)

    @property
    def all(self) -> Query:
        return self._joined(" & ")

    @property
    def any(self) -> Query:
        return self._joined(" | ")

    def _joined(self, operator: str) -> Query:
        return Query("%s::tsquery", [operator.join(term.query() for term in self.each)])


def terms_of(wanted: Wanted) -> Terms:
    words = wanted.words[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(words), FRENCH, ENGLISH])
        rows = cursor.fetchall()
    unknown = {word: {*french, *english} for word, french, english, documents, _most in rows if documents is None}
    others = _meant(unknown)
    each = [
        Term(word, _ways_to_say(french, english, others.get(word, ())), log(1 + (most or 1) / (documents or 1)))
        for word, french, english, documents, most in rows
    ]
    return Terms(words, [term for term in each if term.stems], others)


def _ways_to_say(french: Sequence[str], english: Sequence[str], meant: Sequence[str]) -> list[Sequence[str]]:
    languages = [french] if french == english else [french, english]
    return [*(stems for stems in languages if stems), *([stem] for stem in meant)]


def _any_mark(stem: str, marks: Sequence[str]) -> str:
    return "(" + " | ".join(_quoted(stem + mark) for mark in marks) + ")"


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _meant(unknown: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Stems that stand one or two letters from a word that no public document holds."""
    asked = [
        (word, written)
        for word, stems in unknown.items()
        if SHORTEST_SLIP <= len(word) <= LONGEST_SLIP and word.isalpha()
        for written in sorted({word, *stems})
    ]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [*(list(column) for column in zip(*asked, strict=True)), NEAR])
        rows = cursor.fetchall()
    measured: dict[str, set[tuple[int, int, str]]] = {}
    for word, known, documents in rows:
        slips = min(distance(known, written) for written in {word, *unknown[word]})
        if slips <= (1 if len(word) < 8 else 2):
            measured.setdefault(word, set()).add((slips, -documents, known))
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
