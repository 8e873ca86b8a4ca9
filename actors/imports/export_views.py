"""Taking actors out: a page with filters, the file, and the sheet to fill in."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coexist.common.sheets import as_csv, as_workbook

from ..requests import MemberRequest
from . import export as sheets
from . import rules
from .forms import ExportForm
from .views import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def export(request: MemberRequest) -> HttpResponse | StreamingHttpResponse:
    """The page; with a format in its address, the file."""
    if not rules.can_export(request.user):
        raise PermissionDenied
    form = ExportForm(request.GET if "layout" in request.GET else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        layout = given.pop("layout")
        day = timezone.localdate().isoformat()
        return _as_file(sheets.rows_of(sheets.actors_for_export(**given)), layout, f"acteurs-{day}")
    return page(request, "admin/imports/export.html", _("Exporter des acteurs"), form=form, most=sheets.MOST_ACTORS)


@require_GET
def model_sheet(request: MemberRequest, layout: str) -> HttpResponse | StreamingHttpResponse:
    if not rules.can_see_imports(request.user):
        raise PermissionDenied
    return _as_file(sheets.sample_rows(), layout, "modele-acteurs")


def _as_file(rows: Iterable[Sequence[str]], layout: str, name: str) -> HttpResponse | StreamingHttpResponse:
    if layout == "xlsx":
        file = as_workbook(rows, _("Acteurs"))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    answer = StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
