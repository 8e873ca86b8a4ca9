"""Figures of a period, for the animators; and the page that they print for elected officials."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coexist.common.lists import page_query
from coexist.common.sheets import as_csv

from . import report, response_rates
from .forms import PRESETS, PeriodForm
from .rules import may_read_reports
from .views import as_sheet, drawn

ROWS = 25
ORDERS = {
    "asked": _("les plus sollicités"),
    "accepted": _("le plus de réponses positives"),
    "rate": _("le plus faible taux de réponse"),
    "-rate": _("le meilleur taux de réponse"),
    "name": _("par nom"),
}


@require_safe
def figures_of_period(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    shown = [drawn(figure) for figure in report.on_the_page(form.period)]
    return render(request, "statistics/report.html", {**_context(request, form), "shown": shown})


@require_safe
def sheet_of_period(request: HttpRequest, code: str) -> StreamingHttpResponse:
    form = _asked(request)
    if code not in report.FIGURES:
        raise Http404
    return as_sheet(report.FIGURES[code](form.period))


@require_safe
def rates_of_actors(request: HttpRequest) -> HttpResponse:
    """How each actor answers, in the order chosen; an order that nobody knows is the usual one."""
    form = _asked(request)
    order = _order(request)
    page = Paginator(response_rates.rates(form.period, order), ROWS).get_page(request.GET.get("page"))
    context = {
        **_context(request, form),
        "page_obj": page,
        "rows": [{**row, "percentage": response_rates.percentage(row["rate"])} for row in page],
        "orders": ORDERS.items(),
        "order": order,
        "page_query": page_query(request),
    }
    return render(request, "statistics/response_rates.html", context)


@require_safe
def rates_sheet(request: HttpRequest) -> StreamingHttpResponse:
    form = _asked(request)
    rows = response_rates.sheet(response_rates.rates(form.period, _order(request)))
    answer = StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="acteurs-sollicites-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_safe
def for_officials(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    shown = [drawn(figure) for figure in report.for_officials(form.period)]
    return render(request, "statistics/officials.html", {**_context(request, form), "shown": shown})


def _asked(request: HttpRequest) -> PeriodForm:
    if not may_read_reports(request.user):
        raise PermissionDenied
    asks = any(name in request.GET for name in ("start", "end", "preset"))
    return PeriodForm(request.GET if asks else None)


def _order(request: HttpRequest) -> str:
    order = request.GET.get("sort", "")
    return order if order in response_rates.ORDERS else response_rates.FIRST


def _context(request: HttpRequest, form: PeriodForm) -> dict[str, Any]:
    """What every page of a period shows; `query` carries the period to the others, whatever the address said."""
    period = form.period
    return {
        # What cannot be read stays as it was typed, with what is wrong beside it.
        "form": form if form.errors else PeriodForm(initial={"start": period.start, "end": period.end}),
        "period": period,
        "presets": [(name, label, name == form.shown_preset) for name, (label, _period) in PRESETS.items()],
        "query": f"start={period.start:%Y-%m-%d}&end={period.end:%Y-%m-%d}",
        "today": timezone.localdate(),
    }
