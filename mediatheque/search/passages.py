"""Of the resources that a page of the list shows, the best places: read, ranked and cut out for them alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coexist.common.excerpts import Pieces

from ..enums import FileKind
from ..models import Resource, ResourceFile
from .terms import Terms
from .transcripts import TRANSCRIPT, transcript_pages

SHOWN = 3  # passages of one resource
MOST_RANKED = 3_000  # pages whose words are ranked, of all resources shown


@dataclass(frozen=True)
class Passage:
    label: str
    pieces: Pieces
    url: str
    pdf_url: str = ""
    is_ocr: bool = False


@dataclass
class Passages:
    """Why a resource answers: its best pages, how many others there are."""

    shown: list[Passage] = field(default_factory=list)
    pages: int = 0

    @property
    def others(self) -> int:
        return max(0, self.pages - len(self.shown))


def text_url(resource: Resource, number: int, part: str, words: str = "") -> str:
    """The page of text that shows it; `part` is empty for the first document."""
    query = {name: value for name, value in (("fichier", part), ("q", words)) if value}
    address = reverse("resource-text", args=[resource.slug, number])
    return f"{address}?{urlencode(query)}" if query else address


def pdf_url(file: ResourceFile, number: int) -> str:
    return f"{reverse('resource-pdf', args=[file.pk])}#page={number}" if file.kind == "pdf" else ""


def attach_passages(rows: Sequence[Any], terms: Terms, words: str) -> None:
    """Give each of these resources its `passages`: two queries, however many they are."""
    said = _of_transcripts(rows, terms, words)
    written = _of_pages(rows, terms, words)
    for row in rows:
        one, other = written[row.pk], said[row.pk]
        row.passages = Passages([*one.shown, *other.shown][:SHOWN], one.pages + other.pages)


# Pages with all the words first; where no page has them all, those with some.
BEST = """
    WITH hit AS MATERIALIZED (
        SELECT page.id, page.file_id, page.search @@ {all} AS has_all, ts_rank(page.search, {any}) AS rank
        FROM mediatheque_resourcepage page WHERE page.file_id = ANY(%s) AND page.search @@ {any} LIMIT %s
    ), placed AS (
        SELECT hit.id, resource_id, has_all, count(*) FILTER (WHERE has_all) OVER of_one AS whole,
            count(*) OVER of_one AS part,
            row_number() OVER (PARTITION BY resource_id ORDER BY has_all DESC, rank DESC, hit.id) AS place
        FROM hit JOIN mediatheque_resourcefile file ON file.id = hit.file_id
        WINDOW of_one AS (PARTITION BY resource_id)
    )
    SELECT resource_id, file_id, number, text, is_ocr, CASE WHEN whole > 0 THEN whole ELSE part END
    FROM placed JOIN mediatheque_resourcepage page USING (id)
    WHERE place <= %s AND (has_all OR whole = 0) ORDER BY resource_id, place"""


def _of_pages(rows: Sequence[Resource], terms: Terms, words: str) -> dict[int, Passages]:
    found: dict[int, Passages] = defaultdict(Passages)
    files: dict[int, ResourceFile] = {}
    first: dict[int, int] = {}
    listed = ResourceFile.objects.public().read().filter(resource__in=[row.pk for row in rows])
    for file in listed.only("resource_id", "position", "kind", "label", "name").order_by("position"):
        files[file.pk] = file
        first.setdefault(file.resource_id, file.pk)
    if not files:
        return found
    by_key = {row.pk: row for row in rows}
    every, some = terms.all, terms.any
    with connection.cursor() as cursor:
        cursor.execute(
            BEST.format(all=every.sql, any=some.sql),
            [*every.values, *some.values, list(files), *some.values, MOST_RANKED, SHOWN],
        )
        for key, file_key, number, text, is_ocr, pages in cursor.fetchall():
            file = files[file_key]
            is_first = first[key] == file_key
            found[key].pages = pages
            found[key].shown.append(
                Passage(
                    _label(file, number, is_first=is_first), terms.wording.excerpt(text),
                    text_url(by_key[key], number, "" if is_first else str(file.position), words),
                    pdf_url(file, number), is_ocr,
                )
            )  # fmt: skip
    return found


def _label(file: ResourceFile, number: int, *, is_first: bool) -> str:
    place = _("sous-titres, partie %(number)s") if file.kind == FileKind.SUBTITLES else _("page %(number)s")
    label = place % {"number": number}
    return label if is_first else f"{file}, {label}"


def _of_transcripts(rows: Sequence[Resource], terms: Terms, words: str) -> dict[int, Passages]:
    found: dict[int, Passages] = defaultdict(Passages)
    by_key = {row.pk: row for row in rows}
    some = terms.any
    says = RawSQL(f"said @@ {some.sql}", some.values, output_field=BooleanField())  # noqa: S611 - no word of a visitor's
    read = Resource.objects.filter(says, pk__in=list(by_key)).order_by()
    for key, transcript in read.values_list("pk", "transcript"):
        places: list[tuple[Any, ...]] = []
        for number, text in enumerate(transcript_pages(transcript), 1):
            marks = terms.wording.marks(text)
            if marks:
                places.append((-len({mark.word for mark in marks}), -len(marks), number, text))
        found[key].pages = len(places)
        for *_worth, number, text in sorted(places)[:SHOWN]:
            label = _("transcription, partie %(number)s") % {"number": number}
            url = text_url(by_key[key], number, TRANSCRIPT, words)
            found[key].shown.append(Passage(label, terms.wording.excerpt(text), url))
    return found
