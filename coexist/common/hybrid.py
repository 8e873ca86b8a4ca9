"""Searching rows by name, by words, by skill and by meaning, in one order.

Four ways find candidates, each in an index and each bounded: names that look alike (trigrams),
words (full text), skills of the taxonomy that the search names, and texts that mean the same
(sentence vectors). Then every candidate is measured in all four ways, whichever found it, and the
parts are added up. What a row says may stand in rows of its own: an actor answers by its offers.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from .language.index import nearest_first
from .search import CONFIG, all_of, any_of
from .statements import compiled
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
    ways = [way for rows in lists for way in _ways(searched, rows, wanted)]
    # Names and nearest texts always fill their bound: only the other ways can have had more to give.
    bounds = [None if way.most in (NEAREST, BY_NAME) else way.most for way in ways]
    found = [f"(SELECT hit.*, {number} FROM ({way.sql}) hit)" for number, way in enumerate(ways)]  # noqa: S608
    measured = _measured(searched, wanted)
    parts = _measured_parts(searched, wanted) if searched.parts else NO_PARTS
    values = [value for one in (*ways, measured, parts) for value in one.values]
    with connection.cursor() as cursor:
        statement = STATEMENT.format(found=" UNION ALL ".join(found), rows=measured.sql, parts=parts.sql)
        cursor.execute(statement, [*values, bounds])
        rows = cursor.fetchall()
    candidates = _read(rows)
    scores = {key: one.score for key, one in candidates.items() if one.score > 0}
    answering = {key: one.answering for key, one in candidates.items() if one.answering}
    return Found(scores, answering, any(is_cut for *_measures, is_cut in rows[:1]))


# No word of a visitor's stands in SQL: parameters carry them.
STATEMENT = """
    WITH found_by (hit, way) AS MATERIALIZED ({found}),
        found AS MATERIALIZED (SELECT DISTINCT hit FROM found_by),
        measured (key, alike, words, carries, far) AS MATERIALIZED ({rows}),
        parts (owner, key, words, far, skill) AS MATERIALIZED ({parts}),
        taken AS (SELECT way, count(*) AS number FROM found_by GROUP BY way)
    SELECT measured.key, measured.alike, measured.words, measured.carries, measured.far,
        parts.key, parts.words, parts.far, parts.skill,
        (SELECT bool_or(number >= (%s::int[])[way + 1]) FROM taken)
    FROM measured LEFT JOIN parts ON parts.owner = measured.key"""


@dataclass(frozen=True)
class _Sql:
    """A statement, or a part of one, and the values of its parameters."""

    sql: str
    values: Sequence = ()


NO_PARTS = _Sql("SELECT NULL::bigint, NULL::bigint, NULL::float, NULL::float, NULL::bigint WHERE false")


# Finding ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Way(_Sql):
    """Keys of rows, and how many of them are read."""

    most: int = 0


@dataclass(frozen=True)
class _Texts:
    """Rows or their parts, as a statement for the rows' keys with a place for one more condition.

    Django takes half a millisecond to write a statement; a search has a dozen that differ in this.
    """

    table: str
    keys: _Sql

    def way(self, condition: str, values: Sequence, most: int, order: _Sql = _Sql("")) -> _Way:
        """Keys of those that meet the condition, in which {t} is their table."""
        statement = f"{self.keys.sql.replace(_PLACE, condition)}{order.sql} LIMIT {most}"
        return _Way(statement.replace("{t}", self.table), [*self.keys.values, *values, *order.values], most)


_PLACE = "{condition}"
_QUERY = f"to_tsquery('{CONFIG}'::regconfig, %s)"
_BY_DISTANCE = "{t}.vector <=> %s"


def _texts(rows: QuerySet, key: str) -> _Texts:
    place = RawSQL(_PLACE, (), output_field=BooleanField())  # noqa: S611 - no word of a visitor's
    keys = rows.order_by().filter(place).values_list(key)
    return _Texts(_table(rows.model), _Sql(*compiled(keys)))


def _ways(searched: Searched, rows: QuerySet, wanted: Wanted) -> list[_Way]:
    own = _texts(rows, "pk")
    everywhere = [own]
    if searched.parts:
        parts = searched.parts._default_manager.filter(**{f"{searched.owner}__in": rows.order_by().values("pk")})
        everywhere.append(_texts(parts, f"{searched.owner}_id"))
    ways = [own.way(f"{{t}}.{searched.name} %%> %s", [wanted.plain], BY_NAME)]
    if wanted.words:
        ways += [texts.way(f"{{t}}.search @@ {_QUERY}", [all_of(wanted.words)], BY_ALL_WORDS) for texts in everywhere]
    if len(wanted.words) > 1:
        each = [all_of([word]) for word in wanted.words[:MOST_WORDS]]
        ways += [texts.way(f"{{t}}.search @@ {_QUERY}", [word], BY_ONE_WORD) for word in each for texts in everywhere]
    if wanted.technical:
        ways.append(own.way("{t}.stems && %s::varchar[]", [wanted.technical], BY_ALL_WORDS))
    if wanted.skills:
        ways.append(own.way(f"{{t}}.{searched.skills} && %s::bigint[]", [list(wanted.skills)], BY_SKILL))
    if wanted.vector is not None:
        nearest = _Sql(f" ORDER BY {_BY_DISTANCE}", [wanted.vector])
        ways += [texts.way("{t}.vector IS NOT NULL", [], NEAREST, nearest) for texts in everywhere]
    return ways


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


# Measuring --------------------------------------------------------------------------------------


def _measured(searched: Searched, wanted: Wanted) -> _Sql:
    """How well each row that was found answers by itself."""
    alike = _Sql(f"word_similarity(%s, {{t}}.{searched.name})", [wanted.plain])
    columns = [_Sql("{t}.id"), alike, _rank(wanted), _carries(searched, wanted), _distance(wanted)]
    return _columns(searched.model, columns, "id")


def _measured_parts(searched: Searched, wanted: Wanted) -> _Sql:
    """How well each of their parts answers."""
    assert searched.parts is not None  # asked by the caller
    owner = f"{searched.owner}_id"
    columns = [_Sql(f"{{t}}.{owner}"), _Sql("{t}.id"), _rank(wanted), _distance(wanted), _skill(searched, wanted)]
    return _columns(searched.parts, columns, owner)


def _columns(model: type[Model], columns: Sequence[_Sql], key: str) -> _Sql:
    """These columns of the rows that were found, or of their parts."""
    listed = ", ".join(column.sql for column in columns)
    statement = f"SELECT {listed} FROM {{t}} WHERE {{t}}.{key} IN (SELECT hit FROM found)"  # noqa: S608
    return _Sql(statement.replace("{t}", _table(model)), [value for column in columns for value in column.values])


def _rank(wanted: Wanted) -> _Sql:
    """How well a row's words answer: 0 to about 1."""
    parts = []
    if wanted.words:
        parts.append(_Sql(f"ts_rank({{t}}.search, {_QUERY})::float / {FULL_RANK}", [any_of(wanted.words)]))
    if wanted.technical:
        parts.append(_Sql("({t}.stems && %s::varchar[])::int", [wanted.technical]))
    added = " + ".join(part.sql for part in parts) or "0"
    return _Sql(f"({added})::float", [value for part in parts for value in part.values])


def _distance(wanted: Wanted) -> _Sql:
    return _Sql(_BY_DISTANCE, [wanted.vector]) if wanted.vector is not None else _Sql("NULL::float")


def _carries(searched: Searched, wanted: Wanted) -> _Sql:
    """1 for a row with a skill that the search names."""
    if not wanted.skills:
        return _Sql("0::float")
    return _Sql(f"({{t}}.{searched.skills} && %s::bigint[])::int::float", [list(wanted.skills)])


def _skill(searched: Searched, wanted: Wanted) -> _Sql:
    """Of a part, a skill that the search names."""
    if not wanted.skills:
        return _Sql("NULL::bigint")
    assert searched.parts is not None  # asked by the caller
    skills = searched.parts._meta.get_field("skills")
    through, part = skills.remote_field.through, skills.m2m_column_name()  # type: ignore[union-attr]
    named = f"SELECT skill_id FROM {_table(through)} WHERE {part} = {{t}}.id AND skill_id = ANY(%s::bigint[])"  # noqa: S608
    return _Sql(f"({named} ORDER BY skill_id LIMIT 1)", [list(wanted.skills)])


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
