"""What the page shows of the rows found: read in one statement for all types, words marked, passages cut out."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import connection
from django.db.models import Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Left

from coexist.common.excerpts import Pieces
from coexist.common.language.text import normalise
from coexist.common.search import CONFIG, any_of
from coexist.common.statements import compiled
from coexist.common.wanted import Wanted

from .findable import Findable, Told
from .statement import Group

READ = 3_000  # characters of a row's texts, in which a passage is looked for
SHOWN = 220  # characters of a text that has none of the words
# Around each word found, by PostgreSQL: two characters that stand for nothing, and are taken out of texts first.
START, STOP = "\ue000", "\ue001"
_MARKED = re.compile(f"{START}(.*?){STOP}", re.DOTALL)
_MARKDOWN = re.compile(r"[*_`#>|~]+|!?\[|\]\([^)\s]*\)|\]|^\s*[-+]\s", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    findable: Findable
    title: Pieces
    told: Told
    passage: Pieces
    part: Pieces = ()  # the title of the part that answers

    @property
    def is_near(self) -> bool:
        """Nothing in it is one of the words: it means the same, or is written almost so."""
        return not any(is_word for pieces in (self.title, self.passage, self.part) for _text, is_word in pieces)


def lines_of(groups: Sequence[Group], user: Any, wanted: Wanted, *, titles_only: bool = False) -> list[list[Line]]:
    """For each group its lines, in its order; a row that has gone meanwhile, or is hidden, is left out."""
    statements, values = [], []
    for number, group in enumerate(groups):
        if not group.rows:
            continue
        sql, given = _rows(group, user, wanted, titles_only)
        statements.append(f"SELECT {number}, row_to_json(one)::text FROM ({sql}) one")  # noqa: S608
        values += given
    read: list[dict[int, Line]] = [{} for _group in groups]
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), values)
            for number, text in cursor.fetchall():
                row = json.loads(text)
                read[number][row["pk"]] = _line(groups[number].findable, row, wanted)
    return [[found[key] for key in group.rows if key in found] for group, found in zip(groups, read, strict=True)]


def _rows(group: Group, user: Any, wanted: Wanted, titles_only: bool) -> tuple[str, list]:
    """A statement whose columns have the names that `_line` and the room's `told` read them by."""
    one = group.findable
    expressions = dict(one.expressions())
    if not titles_only:
        expressions |= _passages(one, wanted)
    rows = one.rows(user).order_by().filter(pk__in=list(group.rows))
    read = rows.values_list("pk", one.title_column, *one.columns, *expressions.values())
    sql, values = compiled(read)
    names = ", ".join(f'"{name}"' for name in ("pk", "title", *one.columns, *expressions))
    return f"SELECT * FROM ({sql}) read ({names})", list(values)  # noqa: S608 - names of ours


def _passages(one: Findable, wanted: Wanted) -> dict[str, Any]:
    whole = Left(Func(Value("\n"), *one.texts, function="concat_ws", output_field=TextField()), READ)
    bare = Func(whole, Value(START + STOP), Value(""), function="translate", output_field=TextField())
    if not wanted.words:
        return {"passage": Left(bare, SHOWN)}
    query = SearchQuery(any_of(wanted.words), search_type="raw", config=CONFIG)
    cut_out = SearchHeadline(
        bare, query, config=CONFIG, start_sel=START, stop_sel=STOP, max_fragments=1, max_words=30, min_words=14
    )
    shown: dict[str, Any] = {"passage": cut_out, "beginning": Left(bare, SHOWN)}
    if one.parts is not None:
        found = one.parts.model._default_manager.filter(**{one.parts.owner: OuterRef("pk")}, search=query)
        shown["part"] = Subquery(found.order_by("pk").values(one.parts.title)[:1])
    return shown


def _line(one: Findable, row: Mapping[str, Any], wanted: Wanted) -> Line:
    passage = row.get("passage") or ""
    passage = pieces_of(passage if START in passage else row.get("beginning") or passage)
    part = row.get("part") or ""
    if part and any(is_word for _text, is_word in passage):
        part = ""  # its own texts answer
    title = wanted.marked(row["title"]) if "passage" in row else _marked_beginnings(row["title"], wanted)
    return Line(one, title, one.told(row), passage, wanted.marked(part) if part else ())


def _marked_beginnings(title: str, wanted: Wanted) -> Pieces:
    """A title in pieces, its words marked that begin as one that is typed: the last may not be whole yet."""
    typed = tuple(wanted.plain.split())
    pieces = re.split(r"(\w+)", title)
    return [(piece, normalise(piece).startswith(typed)) for piece in pieces if piece]


def pieces_of(passage: str) -> Pieces:
    """A passage that PostgreSQL has cut out and marked, without signs of Markdown, in pieces."""
    text = " ".join(_MARKDOWN.sub(" ", passage).split())
    if not text:
        return ()
    if text.lstrip(START)[:1].islower():
        text = f"… {text}"
    if text.rstrip(STOP)[-1:] not in ".!?…":
        text = f"{text} …"
    pieces, position = [], 0
    for match in _MARKED.finditer(text):
        pieces += [(text[position : match.start()], False), (match[1], True)]
        position = match.end()
    return [piece for piece in (*pieces, (text[position:], False)) if piece[0]]
