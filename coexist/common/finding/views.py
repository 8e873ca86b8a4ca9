"""The page of everything found, and the suggestions under a search box."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.limits import MINUTE, Limit, is_over
from coexist.common.lists import BoundedPaginator, page_query, too_many_searches, wants_fragment
from coexist.common.search import LONGEST_QUERY
from coexist.common.wanted import Wanted

from .findable import Findable, findables
from .lines import Line, lines_of
from .sentence import Sentence
from .statement import Group, Range, find

SHOWN = 5  # of each type
SUGGESTED, OF_A_TYPE = 8, 3
LONGEST_NUMBER = 4  # digits of a page
SHORTEST = 2  # characters for which titles are suggested
# Apart from the searches, which typing must not use up.
SUGGESTIONS = Limit("suggestions", per_account=600, per_address=1_200, seconds=10 * MINUTE)


class Asked:
    """What the address asks for: words, a type, a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.text = " ".join(request.GET.get("q", "").replace("\0", " ").split())
        self.is_cut = len(self.text) > LONGEST_QUERY
        self.text = self.text[:LONGEST_QUERY]
        self.user = request.user
        self.types = findables()
        self.type = next((one for one in self.types if one.code == request.GET.get("type")), None)
        self.page = _page_number(request.GET.get("page") or "1")

    @cached_property
    def wanted(self) -> Wanted | None:
        wanted = Sentence(self.text)
        return wanted if wanted.all_words else None


@dataclass(frozen=True)
class Counts:
    groups: Sequence[Group]

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def is_cut(self) -> bool:
        return any(group.is_cut for group in self.groups)


@public
@require_safe
def find_all(request: HttpRequest) -> HttpResponse:
    """Of every type what answers, the type with the best answer first; or all of one type, in pages."""
    if refused := too_many_searches(request):
        return refused
    asked = Asked(request)
    context = {
        "asked": asked,
        "lists": [(one.label, one.list_url(asked.text)) for one in asked.types],
        "page_query": page_query(request),
        "results_template": "finding/_results.html",
        **(_of_one_type(asked, asked.type) if asked.type else _of_all_types(asked)),
    }
    return render(request, "finding/_results.html" if wants_fragment(request) else "finding/page.html", context)


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Options of a list box: rows whose title looks like what is typed, or begins so."""
    asked = Asked(request)
    lines: list[Line] = []
    if len(asked.text) >= SHORTEST and asked.wanted is not None:
        if is_over(request, SUGGESTIONS):
            return HttpResponse(status=429)
        lines = _suggested(asked, asked.wanted)
    return render(request, "finding/_suggestions.html", {"asked": asked, "lines": lines})


def _of_all_types(asked: Asked) -> dict[str, Any]:
    if asked.wanted is None:
        return {}
    groups = find(asked.types, asked.user, asked.wanted, Range(SHOWN))
    lines = lines_of(groups, asked.user, asked.wanted)
    return {"counts": _counts(asked, groups), "sections": list(zip(groups, lines, strict=True))}


def _of_one_type(asked: Asked, chosen: Findable) -> dict[str, Any]:
    """The other types are counted all the same."""
    if asked.wanted is None:
        return {}
    size = settings.PAGE_SIZE
    groups = find(asked.types, asked.user, asked.wanted, Range(size, size * (asked.page - 1), chosen.code))
    group = next((one for one in groups if one.findable is chosen), Group(chosen))
    try:
        page = BoundedPaginator(range(group.total), size, count=group.total).page(asked.page)
    except InvalidPage:
        raise Http404 from None
    [lines] = lines_of([group], asked.user, asked.wanted)
    return {"counts": _counts(asked, groups), "group": group, "lines": lines, "page_obj": page}


def _counts(asked: Asked, groups: Sequence[Group]) -> Counts:
    """In the order of declaration, which stays the same from one search to the next."""
    by_code = {group.findable.code: group for group in groups}
    found = [by_code.get(one.code, Group(one)) for one in asked.types]
    return Counts([group for group in found if group.total or group.findable is asked.type])


def _suggested(asked: Asked, wanted: Wanted) -> list[Line]:
    """The best titles, whatever their type; a type's fourth one stands behind the first three of the others."""
    groups = find(asked.types, asked.user, wanted, Range(SUGGESTED), titles_only=True)
    ranked = sorted(
        (place // OF_A_TYPE, -score, number, key)
        for number, group in enumerate(groups)
        for place, (key, score) in enumerate(group.rows.items())
    )[:SUGGESTED]
    for number, group in enumerate(groups):
        kept = {key for *_rank, of, key in ranked if of == number}
        group.rows = {key: score for key, score in group.rows.items() if key in kept}
    groups = [group for group in groups if group.rows]
    lines = [line for found in lines_of(groups, asked.user, wanted, titles_only=True) for line in found]
    return lines


def _page_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER or int(text) < 1:
        raise Http404
    return int(text)
