"""Which resources answer by the text of their pages, or by what is said in them: one statement, bounded.

Of each page only its file is read: a row of the table is some hundred bytes, its text stands elsewhere. Texts are
ranked afterwards, of the resources that one page of the list shows (passages.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from coexist.common.hybrid import Found

from ..models import ResourceFile
from .terms import Query, Terms

# Bounds, estimated for 400,000 pages (docs/mediatheque.md).
MOST_PAGES = 30_000  # that hold all the words
ONE_WORD = 2_000  # pages for each word by itself
MOST_RESOURCES = 600
MOST_EACH = 4  # words looked for by themselves
# Parts of the score, beside those of hybrid.py.
TEXT, SOME_WORDS, SAID, DESCRIBED = 1.0, 0.5, 0.6, 0.6


@dataclass(frozen=True)
class Answers:
    scores: dict[int, float]
    is_cut: bool


def answers(lists: Sequence[QuerySet], terms: Terms) -> Answers:
    """Resources of `lists` (the same, narrowed and not) whose text has the words, by key."""
    ways = [_Way(terms.all, MOST_PAGES, 1.0)]
    if len(terms.words) > 1:
        each = terms.each[:MOST_EACH]
        ways += [_Way(query, ONE_WORD, SOME_WORDS / len(each)) for query in each]
    hits = " UNION ALL ".join(way.hits(number) for number, way in enumerate(ways))
    values: list = [value for way in ways for value in way.query.values]
    weights = ", ".join(f"({number}, {way.weight})" for number, way in enumerate(ways))
    parts = []
    for rows in lists:
        for sql, given in (_by_pages(rows), _by_column(rows, "said", terms, SAID), *_corrected(rows, terms)):
            parts.append(f"({sql})")
            values += given
    statement = STATEMENT.format(hits=hits, weights=weights, parts=" UNION ALL ".join(parts))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    is_cut = any(taken for *_row, taken in rows[:1])
    scores = {key: score for key, score, _taken in rows}
    return Answers(scores, is_cut or len(scores) >= MOST_RESOURCES * len(lists))


def with_answers(found: Found, texts: Answers) -> Found:
    """What descriptions and meaning find, and what texts do: the scores of both are added up."""
    scores = dict(found.scores)
    for key, score in texts.scores.items():
        scores[key] = scores.get(key, 0.0) + score
    return Found(scores, found.parts, found.is_cut or texts.is_cut)


# How much of a document speaks of it: one page of three says as much as ten pages of a hundred.
STATEMENT = f"""
    WITH hit (way, file_id) AS MATERIALIZED ({{hits}}),
        counted AS MATERIALIZED (SELECT way, file_id, count(*) AS number FROM hit GROUP BY way, file_id),
        weight (way, share) AS (VALUES {{weights}}),
        answer (key, score) AS ({{parts}})
    SELECT key, max(score)::float, (SELECT coalesce(sum(number), 0) >= {MOST_PAGES} FROM counted WHERE way = 0)
    FROM answer GROUP BY key ORDER BY 2 DESC, 1 DESC LIMIT {MOST_RESOURCES * 2}"""  # noqa: S608 - our own numbers


@dataclass(frozen=True)
class _Way:
    query: Query
    most: int
    weight: float

    def hits(self, number: int) -> str:
        page = "mediatheque_resourcepage"
        return f"(SELECT {number}, file_id FROM {page} WHERE search @@ {self.query.sql} LIMIT {self.most})"  # noqa: S608


def _by_pages(rows: QuerySet) -> tuple[str, list]:
    shown = ResourceFile.objects.current().read().filter(resource__in=rows.order_by().values("pk"))
    sql, values = _compiled(shown.order_by().values_list("pk", "resource_id", "page_count"))
    share = "share * number / (number + 2 + coalesce(pages, 1) / 20.0)"
    return (
        f"SELECT resource, {TEXT} * sum(score) FROM (SELECT resource, way, max({share}) AS score"  # noqa: S608
        f" FROM counted JOIN weight USING (way) JOIN ({sql}) shown (file, resource, pages) ON file = file_id"
        f" GROUP BY resource, way) each GROUP BY resource ORDER BY 2 DESC, 1 DESC LIMIT {MOST_RESOURCES}"
    ), values


def _by_column(rows: QuerySet, column: str, terms: Terms, weight: float) -> tuple[str, list]:
    sql, values = _compiled(rows.order_by().values_list("pk"))
    query = terms.all
    return (
        f"SELECT id, {weight} FROM mediatheque_resource WHERE {column} @@ {query.sql} AND id IN ({sql})"  # noqa: S608
        f" LIMIT {MOST_RESOURCES}"
    ), [*query.values, *values]


def _corrected(rows: QuerySet, terms: Terms) -> list[tuple[str, list]]:
    """Descriptions that have the words which were meant; hybrid.py looks for those that were typed."""
    return [_by_column(rows, "search", terms, DESCRIBED)] if terms.others else []


def _compiled(rows: QuerySet) -> tuple[str, list]:
    sql, values = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, list(values)
