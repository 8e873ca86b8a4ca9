"""The one way lists are shown: filtered, bounded, paginated, as a page or as htmx's fragment."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.generic import ListView
from django_filters import FilterSet
from django_htmx.http import HttpResponseClientRedirect

from coexist.common.errors import too_many_requests
from coexist.common.limits import MINUTE, Limit, is_over
from coexist.common.results import Results

# Text search is the dearest page there is. Typing asks once for each pause, and an office shares an address.
SEARCHES = Limit("searches", per_account=200, per_address=400, seconds=10 * MINUTE)
MOST_PAGES = 200


class BoundedPaginator(Paginator):
    """Pages of a list whose length is known already; those too deep to be read quickly do not exist."""

    def __init__(self, object_list: Any, per_page: int, *, count: int) -> None:
        super().__init__(object_list, per_page)
        self.count = count

    @property
    def num_pages(self) -> int:
        return min(max(1, -(-self.count // self.per_page)), MOST_PAGES)

    @property
    def is_cut(self) -> bool:
        return self.count > MOST_PAGES * self.per_page


def too_many_searches(request: HttpRequest) -> HttpResponse | None:
    """Count this search; the answer where it is one too many.

    A fragment has no place for the sentence: the whole page says it.
    """
    if not request.GET.get("q") or not is_over(request, SEARCHES):
        return None
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(request.get_full_path())
    return too_many_requests(request)


def wants_fragment(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)


class FilteredList(ListView):
    """A public list: subclass with `filterset_class`, `template_name`, `results_template` and `rows`."""

    filterset_class: type[FilterSet]
    template_name: str
    results_template: str
    paginate_by = settings.PAGE_SIZE
    context_object_name = "rows"
    filterset: FilterSet

    def rows(self) -> QuerySet:
        """What this visitor may see, before the filters."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return too_many_searches(request) or super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        self.filterset = self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request)
        # What cannot be read is said next to its field; the list then shows everything.
        return self.filterset.qs if self.filterset.is_valid() else self.rows()

    def get_template_names(self) -> list[str]:
        return [self.results_template if wants_fragment(self.request) else self.template_name]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A fragment has no filter bar to say what is wrong in: the whole page is fetched instead."""
        if self.request.headers.get("HX-Request") and not self.filterset.is_valid():
            return HttpResponseClientRedirect(self.request.get_full_path())
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "filter": self.filterset, "page_query": page_query(self.request)}


class SearchedList(FilteredList):
    """A public list that is searched and narrowed by facets: subclass with `results`."""

    result: Results

    def results(self) -> Results:
        """What the address asks for, of what everybody may see."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        """What pages are cut from."""
        self.result = self.results()
        self.filterset = self.result.filter
        return self.result.in_order()

    def get_paginator(self, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> BoundedPaginator:
        return BoundedPaginator(queryset, per_page, count=self.result.counts.total)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = list(context["rows"])
        self.result.complete(rows)
        return {
            **context,
            "rows": rows,
            "result": self.result,
            "results_template": self.results_template,
            "facets": self.result.filter.shown_facets(self.result.counts),
            "chosen": self.result.filter.chosen_options(self.request.GET),
        }


def page_query(request: HttpRequest, *, without: str | Iterable[str] = "page") -> str:
    """The address's parameters without the page, to build the links of the pagination."""
    parameters = request.GET.copy()
    for name in [without] if isinstance(without, str) else without:
        parameters.pop(name, None)
    parameters.pop("page", None)
    return parameters.urlencode()
