"""The network's key figures, for everybody."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coexist.common.access import public
from coexist.common.sheets import as_csv

from . import charts
from . import public as figures
from .charts import BarChart, MonthChart
from .figures import Figure, sheet, shown
from .public import Counted
from .rules import may_read_reports
from .small import enough


@dataclass(frozen=True)
class Shown:
    """A figure with what is drawn of it."""

    figure: Figure
    bars: BarChart | None
    months: list[MonthChart]


@public
@require_safe
def key_figures(request: HttpRequest) -> HttpResponse:
    counted = figures.counted()
    context = {
        "counted": counted,
        "headlines": headlines(counted),
        "shown": [drawn(figure) for figure in figures.figures(counted)],
        "may_read_reports": may_read_reports(request.user),
    }
    return render(request, "statistics/public.html", context)


@public
@require_safe
def key_figures_sheet(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The figure of this code, as CSV."""
    for figure in figures.figures(figures.counted()):
        if figure.code == code:
            return as_sheet(figure)
    raise Http404


def drawn(figure: Figure) -> Shown:
    return Shown(figure, charts.bar_chart(figure), charts.month_charts(figure))


def as_sheet(figure: Figure) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(as_csv(sheet(figure)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{figure.code}-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def headlines(of: Counted) -> list[tuple[str, str]]:
    """The few numbers that stand first: as shown, and what they count."""
    answers = of.needs["answered"]
    told = [
        (of.actors, _("acteurs")),
        (of.projects, _("projets")),
        (of.needs["posted"], _("besoins publiés")),
        (enough(answers, answers), _("besoins qui ont reçu une réponse")),
        (of.partnerships, _("partenariats")),
        (of.achievements, _("réalisations")),
    ]
    return [(shown(number), label) for number, label in told]
