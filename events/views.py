"""The agenda: as a list, a month or a map; the page of an event."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.lists import BoundedPaginator, SearchedList, page_query
from coexist.common.maps import allow_tiles, map_data
from coexist.common.panels import panels_for

from . import rules
from .feeds.selection import feed_query
from .filters import MAP, MONTH, AgendaFilter
from .models import Event, Occurrence
from .month import month_of
from .occurrences import named
from .points import LISTED, by_city, cells
from .results import Agenda
from .structured import event_facts

DATES_SHOWN = 24


def agenda_of(request: HttpRequest) -> Agenda:
    """Dates of public events, narrowed as the address says."""
    rows = Occurrence.objects.public().with_card_data()
    return Agenda(rows, AgendaFilter(request.GET, queryset=rows, request=request))


@method_decorator(public, name="dispatch")
class AgendaList(SearchedList):
    template_name = "events/list.html"
    results_template = "events/_results.html"
    result: Agenda

    def results(self) -> Agenda:
        return agenda_of(self.request)

    def get_paginator(self, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> BoundedPaginator:
        if self.result.view == MONTH:  # the grid is the page
            return BoundedPaginator(Occurrence.objects.none(), per_page, count=0)
        return super().get_paginator(queryset, per_page, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "agenda": self.result,
            "list_query": page_query(self.request, without="vue"),
            "month_query": page_query(self.request, without="mois"),
            "feed_query": feed_query(self.request.GET),
            **self._of_view(),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.result.view == MAP:
            allow_tiles(answer)
        return answer

    def _of_view(self) -> dict[str, Any]:
        if self.result.view == MONTH:
            return {
                "month": month_of(self.result.month, self.result.of_any_day),
                "day_query": page_query(self.request, without=("vue", "mois", "du", "au")),
            }
        if self.result.view == MAP:
            return {"towns": by_city(self.result.all), "listed_on_map": LISTED, "map": map_data()}
        return {}


@public
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """The map's points, as JSON."""
    return JsonResponse(cells(agenda_of(request).all))


@public
@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    events = Event.objects.visible_to(request.user).select_related("organiser", "project__lead")
    event = get_object_or_404(events, slug=slug)
    chosen = named(event, request.GET.get("date", ""))
    coming = event.occurrences.to_come()
    next_one = chosen or coming.filter(is_cancelled=False).first() or event.occurrences.last()
    if next_one is not None:
        next_one.event = event
    context = {
        "event": event,
        "occurrence": next_one,
        "dates": _with_event(event, coming[:DATES_SHOWN]),
        "number_of_dates": event.occurrences.count(),
        "with_actors": event.co_organisers.visible_to(request.user).without_index().order_by("name_key"),
        "can_edit": rules.can_edit(request.user, event),
        "can_cancel": rules.can_cancel(request.user, event),
        "booking_panels": panels_for("event-booking", event, request.user),
        "panels": panels_for("event", event, request.user),
        "facts": event_facts(event, next_one) if event.is_public and next_one else None,
    }
    return render(request, "events/detail.html", context)


def _with_event(event: Event, rows: QuerySet[Occurrence]) -> list[Occurrence]:
    """Without asking for the event of each."""
    found = list(rows)
    for row in found:
        row.event = event
    return found
