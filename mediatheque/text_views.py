"""Opening a document at a page: its text, which every browser shows; a PDF in the browser's own viewer."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.excerpts import Pieces
from coexist.common.wanted import read

from .enums import FileKind
from .models import Resource, ResourceFile, ResourcePage
from .paragraphs import paragraphs
from .search.passages import pdf_url, text_url
from .search.terms import Terms, terms_of
from .search.transcripts import TRANSCRIPT, transcript_pages

LAST_NUMBER = 2_000_000
# The browser's viewer runs what is in the file in a process of its own; the answer itself may load and send nothing.
# No `sandbox`: Chromium's viewer does not start in it.
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'"
)


@dataclass
class Part:
    """One page of text and its neighbours."""

    title: str
    number: int
    total: int
    text: str
    before: int | None = None
    after: int | None = None
    with_words: list[int] = field(default_factory=list)  # the nearest pages, before and after, that have the words
    pdf_url: str = ""
    is_ocr: bool = False


@public
@require_safe
def resource_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`fichier` is the document's place, or the transcript; without it, the first document that has text."""
    resource = get_object_or_404(Resource.objects.visible_to(request.user).select_related("publisher"), slug=slug)
    if not 1 <= number <= LAST_NUMBER:
        raise Http404
    wanted = read(request.GET.get("q", "").replace("\0", " "))
    terms = terms_of(wanted) if wanted is not None else Terms(())
    asked = request.GET.get("fichier", "")
    files = _files(resource, request.user)
    if not asked and not files:
        asked = TRANSCRIPT
    if asked == TRANSCRIPT:
        part = _of_transcript(resource, number, terms)
    else:
        part = _of_document(_file(files, asked), number, terms)
    words = wanted.text if wanted is not None else ""
    context: dict[str, Any] = {
        "resource": resource, "part": part, "paragraphs": _paragraphs(terms, part.text), "words": words,
        "links": [
            (label, text_url(resource, to, asked, words), rel)
            for label, to, rel in (
                (_("Page précédente"), part.before, "prev"), (_("Page suivante"), part.after, "next"),
            ) if to is not None
        ],
        "hits": [(to, text_url(resource, to, asked, words)) for to in part.with_words],
    }  # fmt: skip
    answer = render(request, "mediatheque/text.html", context)
    answer["X-Robots-Tag"] = "noindex"  # the resource's own page is what people should find
    return answer


@public
@require_safe
def resource_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A PDF to read in the browser; `#page=` is its viewer's business."""
    file = get_object_or_404(ResourceFile.objects.visible_to(request.user).filter(kind=FileKind.PDF), pk=pk)
    try:
        content = file.file.open("rb")
    except OSError:
        raise Http404 from None
    answer = FileResponse(content, content_type="application/pdf", filename=file.name)
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Security-Policy"] = PDF_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _files(resource: Resource, user: Any) -> list[ResourceFile]:
    """The latest versions that were read, in order; subtitles, which come after their video, are what is said."""
    shown = ResourceFile.objects.visible_to(user).current().read().filter(resource=resource)
    return list(shown.filter(pages__number=1).order_by("position"))


def _file(files: list[ResourceFile], asked: str) -> ResourceFile:
    for file in files:
        if asked in ("", str(file.position)):
            return file
    raise Http404


def _of_document(file: ResourceFile, number: int, terms: Terms) -> Part:
    page = get_object_or_404(file.pages.only("text", "is_ocr"), number=number)
    last = file.pages.order_by("-number").values_list("number", flat=True).first() or number
    neighbours = (number - 1 or None, number + 1 if number < last else None)
    return Part(
        str(file), number, file.page_count or last, page.text, *neighbours,
        _with_words(file.pages.all(), number, terms), pdf_url(file, number), page.is_ocr,
    )  # fmt: skip


def _with_words(pages: "QuerySet[ResourcePage]", number: int, terms: Terms) -> list[int]:
    if not terms.each:
        return []
    some = terms.any
    has = RawSQL(f"search @@ {some.sql}", some.values, output_field=BooleanField())  # noqa: S611 - no word of a visitor's
    pages = pages.filter(has)
    before = pages.filter(number__lt=number).order_by("-number").values_list("number", flat=True)[:1]
    after = pages.filter(number__gt=number).order_by("number").values_list("number", flat=True)[:1]
    return [*before, *after]


def _of_transcript(resource: Resource, number: int, terms: Terms) -> Part:
    pages = transcript_pages(resource.transcript)
    if number > len(pages):
        raise Http404
    has = [place for place, text in enumerate(pages, 1) if place != number and terms.wording.marks(text)]
    near = [*[place for place in has if place < number][-1:], *[place for place in has if place > number][:1]]
    after = number + 1 if number < len(pages) else None
    return Part(_("Transcription"), number, len(pages), pages[number - 1], number - 1 or None, after, near)


def _paragraphs(terms: Terms, text: str) -> list[Pieces]:
    """Each with its words marked; the template escapes them."""
    return [terms.wording.pieces(paragraph) for paragraph in paragraphs(text)]
