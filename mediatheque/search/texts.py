"""Which resources answer by the text of their documents, or by what is said in them: one statement, bounded.

Documents are found and ranked in the index of `FileWords`, without a text being read; whether the words stand together
on one page is asked of the best alone. Passages are cut out for one page of the list (passages.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from coexist.common.hybrid import Found
from coexist.common.statements import compiled

from ..models import ResourceFile
from .terms import Term, Terms
from .words import MOST_OFTEN, OFTEN

MOST_RESOURCES = 600
MOST_MARKED = 4  # words, the rarest, of which it counts how often they stand there
LOOKED_INTO, PAGES_READ = 24, 1_000  # the best documents: whether one of their pages has all the words
# What a document gains by a word that stands in it, that it says again and again, that it is about.
GAINS = {"": 0.4, OFTEN: 0.7, MOST_OFTEN: 1.0}
# Of this, where it has some of the words only; where none of its pages has them all.
SOME_WORDS, APART = 0.5, 0.75
# Parts of the score, beside those of hybrid.py.
TEXT, SAID, DESCRIBED = 1.0, 0.6, 0.6


@dataclass(frozen=True)
class Answers:
    scores: dict[int, float]
    is_cut: bool


def answers(lists: Sequence[QuerySet], terms: Terms) -> Answers:
    """Resources of `lists` (the same, narrowed and not) whose text has the words, by key."""
    if not terms.each:
        return Answers({}, False)
    every = terms.all
    hits, values = _hits(terms.each)
    listed, described = [], []
    for rows in lists:
        listed.append(_listed(rows))
        described += [_by_column(rows, "said", terms, SAID), *_corrected(rows, terms)]
    values += [value for _sql, given in listed for value in given]
    values += [*every.values, *(value for _sql, given in described for value in given)]
    statement = STATEMENT.format(
        hits=hits, words=len(terms.each), page_has_all=every.sql,
        listed=" UNION ".join(f"({sql})" for sql, _given in listed),
        described=" UNION ALL ".join(f"({sql})" for sql, _given in described),
        apart=APART if len(terms.each) > 1 else 1,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX + statement, values)
        rows = cursor.fetchall()
        cursor.execute(AS_USUAL)
    return Answers({key: score for key, score, _is_cut in rows}, any(is_cut for *_row, is_cut in rows[:1]))


def with_answers(found: Found, texts: Answers) -> Found:
    """What descriptions and meaning find, and what texts do: the scores of both are added up."""
    scores = dict(found.scores)
    for key, score in texts.scores.items():
        scores[key] = scores.get(key, 0.0) + score
    return Found(scores, found.parts, found.is_cut or texts.is_cut)


# The planner does not know that to look at a row's vector is to read it from elsewhere, page by page.
BY_INDEX, AS_USUAL = "SET LOCAL enable_seqscan = off;", "SET LOCAL enable_seqscan = on"
STATEMENT = f"""
    WITH scored AS MATERIALIZED (
        SELECT file_id, sum(gain) * CASE WHEN count(*) = {{words}} THEN 1.0::float ELSE {SOME_WORDS} END AS score
        FROM ({{hits}}) hit (file_id, gain) GROUP BY file_id
    ),
    best AS MATERIALIZED (SELECT file_id, score FROM scored ORDER BY score DESC, file_id DESC),
    listed (file, resource, pages, score) AS MATERIALIZED ({{listed}}),
    near AS (
        SELECT file FROM (
            SELECT file, sum(pages) OVER (ORDER BY score DESC, file DESC) AS read FROM listed
            ORDER BY score DESC, file DESC LIMIT {LOOKED_INTO}
        ) first WHERE read <= {PAGES_READ}
    ),
    together AS MATERIALIZED (
        SELECT DISTINCT file_id FROM mediatheque_resourcepage
        WHERE {{apart}} < 1 AND file_id = ANY(ARRAY(SELECT file FROM near)) AND search @@ {{page_has_all}}
    ),
    answer (key, score) AS (
        SELECT resource, {TEXT} * score * CASE WHEN file_id IS NULL THEN {{apart}} ELSE 1 END
        FROM listed LEFT JOIN together ON file_id = file UNION ALL {{described}}
    )
    SELECT key, max(score)::float, (SELECT count(*) FROM listed) >= {MOST_RESOURCES}
    FROM answer GROUP BY key ORDER BY 2 DESC, 1 DESC LIMIT {MOST_RESOURCES * 2}"""  # noqa: S608 - our own numbers


def _hits(terms: Sequence[Term]) -> tuple[str, list]:
    """Files that have a word, with what they gain by it: one row for each."""
    whole = sum(term.weight for term in terms)
    rarest = sorted(terms, key=lambda term: -term.weight)[:MOST_MARKED]
    parts, values = [], []
    for term in terms:
        gains = zip(term.by_mark(list(GAINS)), GAINS.values(), strict=True)
        for query, gain in gains if term in rarest else [(term.query(*GAINS), GAINS[""])]:
            parts.append(
                f"SELECT file_id, {gain * term.weight / whole:.6f}::float"  # noqa: S608
                " FROM mediatheque_filewords WHERE words @@ %s::tsquery"
            )
            values.append(query)
    return " UNION ALL ".join(parts), values


def _listed(rows: QuerySet) -> tuple[str, Sequence]:
    """The best files of a list, with their resource."""
    shown = ResourceFile.objects.current().read().filter(resource__in=rows.order_by().values("pk"))
    sql, values = compiled(shown.order_by().values_list("pk", "resource_id", "page_count"))
    return (
        "SELECT file, resource, coalesce(pages, 1), score"  # noqa: S608
        f" FROM best JOIN ({sql}) shown (file, resource, pages) ON file = file_id"
        f" ORDER BY score DESC, file DESC LIMIT {MOST_RESOURCES}"
    ), values


def _by_column(rows: QuerySet, column: str, terms: Terms, weight: float) -> tuple[str, Sequence]:
    sql, values = compiled(rows.order_by().values_list("pk"))
    query = terms.all
    return (
        f"SELECT id, {weight} FROM mediatheque_resource WHERE {column} @@ {query.sql} AND id IN ({sql})"  # noqa: S608
        f" LIMIT {MOST_RESOURCES}"
    ), [*query.values, *values]


def _corrected(rows: QuerySet, terms: Terms) -> list[tuple[str, Sequence]]:
    """Descriptions that have the words which were meant; hybrid.py looks for those that were typed."""
    return [_by_column(rows, "search", terms, DESCRIBED)] if terms.others else []
