"""How the rows of one type are found and measured, in SQL.

Strictly, two ways find candidates, each in an index and each bounded: titles that look alike (trigrams, so that
slips and accents are forgiven) and full text with all the words. Loosely, there are also any of the words and, for
types with vectors, what means the same. Then the candidates are measured: a title counts more than a text.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from coexist.common.hybrid import FULL_RANK, LEAST_ALIKE, LEAST_ALIKE_NAME
from coexist.common.search import CONFIG, all_of, any_of
from coexist.common.statements import compiled
from coexist.common.wanted import Wanted

from .findable import Findable

MOST = 200  # of a type, found in each way; more are said to be more
BEGINNING = 40  # titles that begin as what is typed: among many that look alike, these are surely read
LOOSE, NEAREST = 60, 20  # found by any word and by meaning
MEASURED = 60  # whose texts are measured; behind them stand the newest
LEAST_ALIKE_SLIP = 0.42  # a slip in the middle of a word of six letters
BEGINS_SO = 0.5  # what a title gains that begins as what is typed
WHOLE_TITLE = 0.5  # what a title gains that is the search and nothing else
LESSER = 0.6  # share of its score that a row keeps which stands behind


@dataclass(frozen=True)
class Ways:
    """How rows are looked for; `least_alike` is the threshold that PostgreSQL's `%>` has meanwhile."""

    titles_only: bool = False
    is_loose: bool = False
    least_alike: float = LEAST_ALIKE_NAME


STRICT, LOOSELY, TITLES = Ways(), Ways(is_loose=True), Ways(titles_only=True)


@dataclass(frozen=True)
class Sql:
    """A statement, or a part of one, and the values of its parameters."""

    sql: str
    values: Sequence = ()


# Places in a type's statement, which Django writes once: it takes half a millisecond.
_CONDITION, _SCORE = "{condition}", "{score}"
_QUERY = f"to_tsquery('{CONFIG}'::regconfig, %s)"


class TypeWays:
    """The expressions of one type: f has keys with scores of titles, x of texts, l lesser keys, m all scores."""

    def __init__(self, number: int, one: Findable, user: Any, wanted: Wanted, ways: Ways = STRICT) -> None:
        self.number, self.one, self.wanted, self.ways = number, one, wanted, ways
        self.rows = one.rows(user).order_by()
        self.table = _table(self.rows.model)
        self.title = f"{self.table}.{one.title_key}"

    def again(self, number: int, ways: Ways) -> "TypeWays":
        """The same type in other ways; what Django has written of it is kept."""
        other = copy(self)
        other.number, other.ways = number, ways
        return other

    @property
    def expressions(self) -> list[Sql]:
        made = [self._found]
        made += [] if self.ways.titles_only else [self._texts]
        made += [self._lesser] if self.one.lesser is not None else []
        return [*made, self._measured]

    # Finding

    @property
    def _found(self) -> Sql:
        ways = self._by_title()
        if not self.ways.titles_only:
            ways += self._by_words(all_of(self.wanted.words), MOST)
        if self.ways.is_loose:
            ways += self._loose()
        found = " UNION ALL ".join(way.sql for way in ways)
        best = f"SELECT key, max(title) FROM ({found}) ways (key, title) GROUP BY key"  # noqa: S608
        values = [value for way in ways for value in way.values]
        return Sql(f"f{self.number} (key, title) AS MATERIALIZED ({best})", values)

    def _by_title(self) -> list[Sql]:
        plain = self.wanted.plain
        alike = f"word_similarity(%s, {self.title}) + {WHOLE_TITLE} * similarity(%s, {self.title})"
        begins = f"{alike} + {BEGINS_SO}" if self.ways.titles_only else alike
        return [
            self._way(f"{self.title} %%> %s", [plain], MOST, score=Sql(alike, [plain, plain])),
            self._way(f"{self.title} LIKE %s", [self._typed], BEGINNING, score=Sql(begins, [plain, plain])),
        ]

    @property
    def _typed(self) -> str:
        """A pattern of LIKE: what begins so."""
        return self.wanted.plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"

    def _by_words(self, query: str, most: int) -> list[Sql]:
        if not query:
            return []
        return [
            self._way(f"{table}.search @@ {_QUERY}", [query], most, is_part=is_part) for table, is_part in self._tables
        ]

    def _loose(self) -> list[Sql]:
        ways = self._by_words(any_of(self.wanted.words), LOOSE) if len(self.wanted.words) > 1 else []
        if self._has_meaning:
            known, nearest = f"{self.table}.vector IS NOT NULL", f" ORDER BY {self.table}.vector <=> %s"
            ways.append(self._way(known, [self.wanted.vector], NEAREST, order=nearest))
        return ways

    @property
    def _has_meaning(self) -> bool:
        return self.ways.is_loose and self.one.has_meaning and self.wanted.vector is not None

    @property
    def _tables(self) -> list[tuple[str, bool]]:
        own = [(self.table, False)]
        return [*own, (_table(self.one.parts.model), True)] if self.one.parts else own

    def _way(
        self,
        condition: str,
        values: Sequence,
        most: int,
        *,
        score: Sql = Sql("0"),
        order: str = "",
        is_part: bool = False,
    ) -> Sql:
        keys = self._parts_keys if is_part else self._keys
        sql = keys.sql.replace(_SCORE, score.sql).replace(_CONDITION, condition)
        return Sql(f"({sql}{order} LIMIT {most})", [*score.values, *keys.values, *values])

    @cached_property
    def _keys(self) -> Sql:
        return Sql(*compiled(self.rows.filter(_place(_CONDITION)).values_list("pk", _place(_SCORE))))

    @cached_property
    def _parts_keys(self) -> Sql:
        assert self.one.parts is not None  # asked by the caller
        owner = self.one.parts.owner
        parts = self.one.parts.model._default_manager.order_by().filter(**{f"{owner}__in": self.rows.values("pk")})
        return Sql(*compiled(parts.filter(_place(_CONDITION)).values_list(f"{owner}_id", _place(_SCORE))))

    # Measuring

    @property
    def _texts(self) -> Sql:
        """How well the words of the best titles' rows answer, or of the newest rows."""
        words, meaning = self._words(), self._meaning()
        best = f"SELECT key FROM f{self.number} ORDER BY title DESC, key DESC LIMIT {MEASURED}"  # noqa: S608
        read = f"SELECT id, ({words.sql}) + ({meaning.sql}) FROM {self.table} WHERE id IN ({best})"  # noqa: S608
        return Sql(f"x{self.number} (key, text) AS MATERIALIZED ({read})", [*words.values, *meaning.values])

    @property
    def _lesser(self) -> Sql:
        assert self.one.lesser is not None  # asked by the caller
        found = RawSQL(f"SELECT key FROM f{self.number}", ())  # noqa: S608, S611 - no word of a visitor's
        rows = self.rows.model._default_manager.order_by().filter(self.one.lesser(), pk__in=found)
        sql, values = compiled(rows.values_list("pk"))
        return Sql(f"l{self.number} (key) AS MATERIALIZED ({sql})", values)

    @property
    def _measured(self) -> Sql:
        score, read = "title", f"f{self.number}"
        if not self.ways.titles_only:
            score, read = "title + coalesce(text, 0)", f"{read} LEFT JOIN x{self.number} USING (key)"
        if self.one.lesser is not None:
            share = f"CASE WHEN key IN (SELECT key FROM l{self.number}) THEN {LESSER} ELSE 1 END"  # noqa: S608
            score = f"({score}) * {share}"
        # Strictly, all that is found answers; the nearest by meaning may be far.
        kept = f" WHERE {score} > 0" if self.ways.is_loose else ""
        return Sql(f"m{self.number} (key, score) AS (SELECT key, {score} FROM {read}{kept})")  # noqa: S608

    def _words(self) -> Sql:
        """How well its words answer, or those of its best part: 0 to about 1."""
        if not self.wanted.words:
            return Sql("0")
        query = any_of(self.wanted.words)
        own = f"ts_rank({self.table}.search, {_QUERY}) / {FULL_RANK}"
        if self.one.parts is None:
            return Sql(own, [query])
        part, rank = _table(self.one.parts.model), f"ts_rank(search, {_QUERY}) / {FULL_RANK}"
        best = f"SELECT max({rank}) FROM {part} WHERE {self.one.parts.owner}_id = {self.table}.id"  # noqa: S608
        return Sql(f"GREATEST({own}, ({best}))", [query, query])

    def _meaning(self) -> Sql:
        """The cosine, own or of the nearest part."""
        if not self._has_meaning:
            return Sql("0")
        far, values = f"{self.table}.vector <=> %s", [self.wanted.vector]
        if self.one.parts is not None:
            part, owner = _table(self.one.parts.model), f"{self.one.parts.owner}_id"
            nearest = f"SELECT min(vector <=> %s) FROM {part} WHERE {owner} = {self.table}.id"  # noqa: S608
            far, values = f"LEAST({far}, ({nearest}))", [self.wanted.vector, self.wanted.vector]
        kept = f"CASE WHEN near >= {LEAST_ALIKE} THEN near ELSE 0 END"
        return Sql(f"SELECT {kept} FROM (SELECT 1 - ({far})) read (near)", values)  # noqa: S608


def _place(name: str) -> RawSQL:
    return RawSQL(name, (), output_field=BooleanField())  # noqa: S611 - no word of a visitor's


def _table(model: Any) -> str:
    return f'"{model._meta.db_table}"'
