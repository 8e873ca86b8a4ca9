"""Searching rows by name, by words, by skill and by meaning, in one order.

Four ways find candidates, each in an index and each bounded: names that look alike (trigrams),
words (full text), skills of the taxonomy that the search names, and texts that mean the same
(sentence vectors). Then every candidate is measured in all four ways, whichever found it, and the
parts are added up. What a row says may stand in rows of its own: an actor answers by its offers.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import BigIntegerField, Case, F, FloatField, Model, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from .language.index import nearest_first
from .search import all_of, any_of
from .wanted import Wanted

# Bounds of each way of finding: at 100,000 rows a page stays a matter of tens of milliseconds.
BY_NAME = 30
BY_ALL_WORDS = 100
BY_ONE_WORD = 30
BY_SKILL = 100
NEAREST = 60
MOST_WORDS = 6  # looked for one by one
# Cosine from which a search and a text count as related; chosen by eye on few searches (docs/directory.md).
LEAST_ALIKE = 0.24
LEAST_ALIKE_NAME = 0.6  # PostgreSQL's own threshold of word similarity
FULL_RANK = 0.6079  # ts_rank of a text that has every word once, in its title
# Parts of the score.
NAME, WORDS, SKILL, MEANING = 1.0, 1.0, 0.5, 1.0


@dataclass(frozen=True)
class Searched:
    """How the rows of a model (an IndexedText with a `search` column) are searched.

    `name` is a column of plain text, `skills` an array of keys. `parts` are rows of another such
    model, with skills of their own, that speak for the row which `owner` points to.
    """

    model: type[Model]
    name: str
    skills: str
    parts: type[Model] | None = None
    owner: str = ""


@dataclass(frozen=True)
class Answering:
    """The part by which a row answers, and the skill that the search names, where the part carries one."""

    part: int
    skill: int | None


@dataclass(frozen=True)
class Found:
    """The rows found, by key: their scores, and the parts that answer.

    `is_cut` where more of them have these words than are read.
    """

    scores: dict[int, float]
    parts: dict[int, Answering]
    is_cut: bool

    def best_first(self, among: Iterable[int]) -> list[int]:
        return sorted(among, key=lambda row: (-self.scores[row], row))


def one_transaction() -> AbstractContextManager[None]:
    """Inside, searches look further than the index does by itself; several of them begin once."""
    return nearest_first(NEAREST, among=4_000)


def search(searched: Searched, lists: Sequence[QuerySet], wanted: Wanted) -> Found:
    """Rows that answer, looked for in each of `lists`, found and measured in one statement.

    A list is searched with and without its facets: with them, so that no answer among those chosen
    is missed; without, so that the other values can be counted. Call it in `one_transaction`.
    """
    ways = [way for rows in lists for way in _ways(searched, rows.order_by(), wanted)]
    # Names and nearest texts always fill their bound: only the other ways can have had more to give.
    bounds = [None if most in (NEAREST, BY_NAME) else most for _rows, most in ways]
    parts, part_values = _compiled(_measured_parts(searched, wanted)) if searched.parts else (NO_PARTS, ())
    (found, found_values), (measured, values) = map(_compiled, (_found_by(searched, ways), _measured(searched, wanted)))
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT.format(found=found, rows=measured, parts=parts),
            [*found_values, *values, *part_values, bounds],
        )
        rows = cursor.fetchall()
    candidates = _read(rows)
    scores = {key: one.score for key, one in candidates.items() if one.score > 0}
    answering = {key: one.answering for key, one in candidates.items() if one.answering}
    return Found(scores, answering, any(is_cut for *_measures, is_cut in rows[:1]))


# No word of a visitor's: parameters carry them.
STATEMENT = """
    WITH found_by (hit, way) AS MATERIALIZED ({found}),
        found AS MATERIALIZED (SELECT DISTINCT hit FROM found_by),
        measured AS MATERIALIZED ({rows}),
        parts (owner, key, words, far, skill) AS MATERIALIZED ({parts}),
        taken AS (SELECT way, count(*) AS number FROM found_by GROUP BY way)
    SELECT measured.key, measured.alike, measured.words, measured.carries, measured.far,
        parts.key, parts.words, parts.far, parts.skill,
        (SELECT bool_or(number >= (%s::int[])[way + 1]) FROM taken)
    FROM measured LEFT JOIN parts ON parts.owner = measured.key"""
NO_PARTS = "SELECT NULL::bigint, NULL::bigint, NULL::float, NULL::float, NULL::bigint WHERE false"


def _compiled(rows: QuerySet) -> tuple[str, tuple]:
    return rows.query.get_compiler(connection=connection).as_sql()


# Finding ----------------------------------------------------------------------------------------


def _found_by(searched: Searched, ways: Sequence[tuple[QuerySet, int]]) -> QuerySet:
    """Keys of the rows that each way finds, with the way's number."""
    numbered = [
        rows.annotate(way=Value(number)).values_list(
            "pk" if rows.model is searched.model else f"{searched.owner}_id", "way"
        )[:most]
        for number, (rows, most) in enumerate(ways)
    ]
    return numbered[0].union(*numbered[1:], all=True)


def _ways(searched: Searched, rows: QuerySet, wanted: Wanted) -> list[tuple[QuerySet, int]]:
    """Rows or their parts, and how many of them are read."""
    everywhere = [rows]
    if searched.parts:
        parts = searched.parts._default_manager.filter(**{f"{searched.owner}__in": rows.values("pk")})
        everywhere.append(parts.order_by())
    alike = rows.filter(**{f"{searched.name}__trigram_word_similar": wanted.plain})
    ways: list[tuple[QuerySet, int]] = [(alike, BY_NAME)]
    if wanted.words:
        ways += [(texts.filter(search=all_of(wanted.words)), BY_ALL_WORDS) for texts in everywhere]
    if len(wanted.words) > 1:
        each = [all_of([word]) for word in wanted.words[:MOST_WORDS]]
        ways += [(texts.filter(search=word), BY_ONE_WORD) for word in each for texts in everywhere]
    if wanted.technical:
        ways.append((rows.filter(stems__overlap=wanted.technical), BY_ALL_WORDS))
    if wanted.skills:
        ways.append((rows.filter(**{f"{searched.skills}__overlap": wanted.skills}), BY_SKILL))
    if wanted.distance is not None:
        ways += [(texts.exclude(vector=None).order_by(wanted.distance), NEAREST) for texts in everywhere]
    return ways


# Measuring --------------------------------------------------------------------------------------

_FOUND = RawSQL("SELECT hit FROM found", ())


def _measured(searched: Searched, wanted: Wanted) -> QuerySet:
    """How well each row that was found answers by itself."""
    rows = searched.model._default_manager.filter(pk__in=_FOUND).order_by()
    return rows.values(
        key=F("pk"), alike=TrigramWordSimilarity(wanted.plain, searched.name), words=_rank(wanted),
        carries=_carries(searched, wanted), far=_distance(wanted),
    )  # fmt: skip


def _measured_parts(searched: Searched, wanted: Wanted) -> QuerySet:
    """How well each of their parts answers."""
    assert searched.parts is not None  # asked by the caller
    parts = searched.parts._default_manager.filter(**{f"{searched.owner}__in": _FOUND}).order_by()
    return parts.values_list(searched.owner, "pk", _rank(wanted), _distance(wanted), _skill(searched, wanted))


def _rank(wanted: Wanted) -> Any:
    """How well a row's words answer: 0 to about 1."""
    parts: Any = Value(0.0, FloatField())
    if wanted.words:
        parts = SearchRank(F("search"), any_of(wanted.words)) / FULL_RANK
    if wanted.technical:
        parts = parts + Case(When(stems__overlap=wanted.technical, then=Value(1.0)), default=Value(0.0))
    return Cast(parts, FloatField())


def _distance(wanted: Wanted) -> Any:
    return wanted.distance if wanted.distance is not None else Value(None, FloatField())


def _carries(searched: Searched, wanted: Wanted) -> Any:
    """1 for a row with a skill that the search names."""
    carries: Any = Value(0.0)
    if wanted.skills:
        carried = When(**{f"{searched.skills}__overlap": wanted.skills, "then": Value(1.0)})
        carries = Case(carried, default=Value(0.0))
    return Cast(carries, FloatField())


def _skill(searched: Searched, wanted: Wanted) -> Any:
    """Of a part, a skill that the search names."""
    if not wanted.skills:
        return Value(None, BigIntegerField())
    assert searched.parts is not None  # asked by the caller
    through = searched.parts._meta.get_field("skills").remote_field.through  # type: ignore[union-attr]
    part = str(searched.parts._meta.model_name)
    carried = through._default_manager.filter(**{part: OuterRef("pk"), "skill__in": wanted.skills})
    return Subquery(carried.order_by("skill").values("skill")[:1])


@dataclass
class _Candidate:
    """The best that a row and its parts reach in each way."""

    name: float
    words: float
    carries: float
    alike: float
    answering: Answering | None = None
    strength: float = field(default=0.0)  # of the answering part

    @property
    def score(self) -> float:
        """Names less alike than the least share a syllable, no more."""
        name = self.name if self.name >= LEAST_ALIKE_NAME else 0.0
        return NAME * name + WORDS * self.words + SKILL * self.carries + MEANING * _meaning(self.alike)


def _meaning(alike: float) -> float:
    return alike if alike >= LEAST_ALIKE else 0.0


def _read(rows: Iterable[tuple]) -> dict[int, _Candidate]:
    """Candidates by key, from one line for each of their parts."""
    candidates: dict[int, _Candidate] = {}
    for row, name, words, carries, far, part, part_words, part_far, skill, _is_cut in rows:
        one = candidates.get(row)
        if one is None:
            one = candidates[row] = _Candidate(name, words, carries, _alike(far))
        if part is None:
            continue
        alike = _alike(part_far)
        one.words, one.alike = max(one.words, part_words), max(one.alike, alike)
        strength = WORDS * part_words + SKILL * (skill is not None) + MEANING * _meaning(alike)
        if strength > one.strength:
            one.answering, one.strength = Answering(part, skill), strength
    return candidates


def _alike(far: float | None) -> float:
    return 1 - far if far is not None else 0.0
