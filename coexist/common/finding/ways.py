"""How the rows of one type are found and measured, in SQL.

Two ways find candidates, each in an index and each bounded: titles that look alike (trigrams, so that slips and
accents are forgiven) and full text with all the words. A type where they find few is asked again for any of the
words, and for what means the same. Then the candidates are measured: a title counts more than a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, F, FloatField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from coexist.common.hybrid import FULL_RANK, LEAST_ALIKE, LEAST_ALIKE_NAME
from coexist.common.search import CONFIG, all_of, any_of
from coexist.common.wanted import Wanted

from .findable import Findable

MOST = 300  # of a type, found in each way; more are said to be more
BEGINNING = 40  # titles that begin so: among many that look alike, these are surely read
FEW = 5  # a type with fewer rows is asked again, less strictly
LOOSE, NEAREST = 60, 20  # found then, by any word and by meaning
LEAST_ALIKE_SLIP = 0.42  # a slip in the middle of a word of six letters
BEGINS_SO = 0.5  # what a title gains that begins as what is typed
WHOLE_TITLE = 0.5  # what a title that is as long as the search gains
LESSER = 0.6  # share of its score that a row keeps which stands behind


@dataclass(frozen=True)
class Ways:
    """How rows are looked for; `least_alike` is the threshold that PostgreSQL's `%>` has meanwhile."""

    titles_only: bool = False
    least_alike: float = LEAST_ALIKE_NAME


@dataclass(frozen=True)
class Sql:
    """A statement, or a part of one, and the values of its parameters."""

    sql: str
    values: Sequence = ()


_PLACE = "{condition}"
_QUERY = f"to_tsquery('{CONFIG}'::regconfig, %s)"


class TypeWays:
    """The expressions of one type: s (strictly found) and f (found) hold keys, m (measured) keys and scores."""

    def __init__(self, number: int, one: Findable, user: Any, wanted: Wanted, ways: Ways) -> None:
        self.number, self.one, self.wanted, self.ways = number, one, wanted, ways
        self.rows = one.rows(user).order_by()
        self.model = self.rows.model
        self.table = _table(self.model)
        self.title = f"{self.table}.{one.title_key}"

    @property
    def found(self) -> Sql:
        """Keys, strictly; then, where these are few, less strictly."""
        strict = self._by_title() + ([] if self.ways.titles_only else self._by_words(all_of(self.wanted.words), MOST))
        loose = [] if self.ways.titles_only else self._loose()
        whole = [Sql(f"SELECT hit FROM s{self.number}"), *loose]  # noqa: S608 - a number of ours
        statement = (
            f"s{self.number} (hit) AS MATERIALIZED ({_union(strict)}), "
            f"f{self.number} (hit) AS MATERIALIZED ({_union(whole)})"
        )
        return Sql(statement, [value for way in (*strict, *loose) for value in way.values])

    @property
    def measured(self) -> Sql:
        score = self._score()
        found = RawSQL(f"SELECT hit FROM f{self.number}", ())  # noqa: S608, S611 - no word of a visitor's
        answering = self.model._default_manager.order_by().filter(pk__in=found)
        answering = answering.annotate(answers=RawSQL(score.sql, score.values, FloatField()))  # noqa: S611
        if self.one.lesser is not None:
            share = Case(When(self.one.lesser(), then=Value(LESSER)), default=Value(1.0), output_field=FloatField())
            answering = answering.annotate(score=F("answers") * share)
        else:
            answering = answering.annotate(score=F("answers"))
        sql, values = _compiled(answering.values_list("pk", "score"))
        kept = f"SELECT *, {self._strict} FROM ({sql}) answering (key, score) WHERE score > 0"  # noqa: S608
        return Sql(f"m{self.number} (key, score, strict) AS MATERIALIZED ({kept})", values)

    # Finding

    def _by_title(self) -> list[Sql]:
        return [
            self._way(f"{self.title} LIKE %s", [self._typed], BEGINNING),
            self._way(f"{self.title} %%> %s", [self.wanted.plain], MOST),
        ]

    @property
    def _typed(self) -> str:
        """A pattern of LIKE: what begins so."""
        return self.wanted.plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"

    def _by_words(self, query: str, most: int, condition: str = "") -> list[Sql]:
        if not query:
            return []
        return [
            self._way(f"{table}.search @@ {_QUERY}{condition}", [query], most, is_part=is_part)
            for table, is_part in self._tables()
        ]

    def _loose(self) -> list[Sql]:
        few = f" AND {self._few}"
        ways = self._by_words(any_of(self.wanted.words), LOOSE, few) if len(self.wanted.words) > 1 else []
        if self.one.has_meaning and self.wanted.vector is not None:
            for table, is_part in self._tables():
                nearest = f" ORDER BY {table}.vector <=> %s"
                known = f"{table}.vector IS NOT NULL{few}"
                ways.append(self._way(known, [self.wanted.vector], NEAREST, order=nearest, is_part=is_part))
        return ways

    def _tables(self) -> list[tuple[str, bool]]:
        own = [(self.table, False)]
        return [*own, (_table(self.one.parts.model), True)] if self.one.parts else own

    def _way(self, condition: str, values: Sequence, most: int, *, order: str = "", is_part: bool = False) -> Sql:
        keys = self._parts_keys if is_part else self._keys
        sql = keys.sql.replace(_PLACE, condition)
        return Sql(f"({sql}{order} LIMIT {most})", [*keys.values, *values])

    @cached_property
    def _keys(self) -> Sql:
        place = RawSQL(_PLACE, (), output_field=BooleanField())  # noqa: S611 - no word of a visitor's
        return Sql(*_compiled(self.rows.filter(place).values_list("pk")))

    @cached_property
    def _parts_keys(self) -> Sql:
        assert self.one.parts is not None  # asked by the caller
        place = RawSQL(_PLACE, (), output_field=BooleanField())  # noqa: S611 - no word of a visitor's
        owner = self.one.parts.owner
        parts = self.one.parts.model._default_manager.order_by().filter(**{f"{owner}__in": self.rows.values("pk")})
        return Sql(*_compiled(parts.filter(place).values_list(f"{owner}_id")))

    # Measuring

    def _score(self) -> Sql:
        alike = f"word_similarity(%s, {self.title})"
        plain = self.wanted.plain
        terms = [
            self._beginning(),
            Sql(f"CASE WHEN {alike} >= {self.ways.least_alike} THEN {alike} ELSE 0 END", [plain, plain]),
            self._words(),
            self._meaning(),
        ]
        added = " + ".join(f"({term.sql})" for term in terms)
        values = [value for term in terms for value in term.values]
        # What answers in no way has no score, however long its title is.
        whole = f"(SELECT CASE WHEN answer > 0 THEN answer + {WHOLE_TITLE} * similarity(%s, {self.title}) ELSE 0 END "
        return Sql(f"{whole} FROM (SELECT {added} AS answer) answering)", [plain, *values])

    def _beginning(self) -> Sql:
        """While a word is typed it is not alike yet: a title that begins so is what is meant."""
        if not self.ways.titles_only:
            return Sql("0")
        return Sql(f"CASE WHEN {self.title} LIKE %s THEN {BEGINS_SO} ELSE 0 END", [self._typed])

    def _words(self) -> Sql:
        """How well its words answer, or those of its best part: 0 to about 1."""
        if not self.wanted.words or self.ways.titles_only:
            return Sql("0")
        query = any_of(self.wanted.words)
        own = f"ts_rank({self.table}.search, {_QUERY}) / {FULL_RANK}"
        if self.one.parts is None:
            return Sql(own, [query])
        part, rank = _table(self.one.parts.model), f"ts_rank(search, {_QUERY}) / {FULL_RANK}"
        owner = f"{self.one.parts.owner}_id"
        best = f"SELECT max({rank}) FROM {part} WHERE {owner} = {self.table}.id"  # noqa: S608
        return Sql(f"GREATEST({own}, ({best}))", [query, query])

    def _meaning(self) -> Sql:
        """The cosine, own or of the nearest part; only where little was found strictly."""
        vector = None if self.ways.titles_only or not self.one.has_meaning else self.wanted.vector
        if vector is None:
            return Sql("0")
        far, values = f"{self.table}.vector <=> %s", [vector]
        if self.one.parts is not None:
            part, owner = _table(self.one.parts.model), f"{self.one.parts.owner}_id"
            nearest = f"SELECT min(vector <=> %s) FROM {part} WHERE {owner} = {self.table}.id"  # noqa: S608
            far, values = f"LEAST({far}, ({nearest}))", [vector, vector]
        kept = f"CASE WHEN near >= {LEAST_ALIKE} THEN near ELSE 0 END"
        near = f"(SELECT {kept} FROM (SELECT 1 - ({far}) AS near) read)"  # noqa: S608 - no word of a visitor's
        return Sql(f"CASE WHEN {self._few} THEN {near} ELSE 0 END", values)

    @property
    def _few(self) -> str:
        return f"{self._strict} < {FEW}"

    @property
    def _strict(self) -> str:
        return f"(SELECT count(*) FROM s{self.number})"  # noqa: S608 - a number of ours


def _union(ways: Sequence[Sql]) -> str:
    return " UNION ".join(way.sql for way in ways)


def _compiled(rows: QuerySet) -> tuple[str, Sequence]:
    return rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()


def _table(model: Any) -> str:
    return f'"{model._meta.db_table}"'
