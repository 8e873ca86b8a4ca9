"""The animators' "suivi": the board, the list, the sheet, and partnerships opened by hand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actors.requests import MemberRequest
from coexist.common.lists import FilteredList, wants_fragment
from coexist.common.sheets import as_csv

from . import board, rules, services
from .filters import PartnershipFilter
from .forms import OpenForm
from .models import Partnership
from .querysets import PartnershipQuerySet


@require_safe
def follow_board(request: MemberRequest) -> HttpResponse:
    rows, filtered = _filtered(request)
    context = {"columns": board.columns(rows), "filter": filtered}
    template = "following/_columns.html" if wants_fragment(request) else "following/board.html"
    return render(request, template, context)


class FollowList(FilteredList):
    filterset_class = PartnershipFilter
    template_name = "following/follow_list.html"
    results_template = "following/_follow_results.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not rules.is_animator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> PartnershipQuerySet:
        return _all(self.request)


@require_safe
def follow_export(request: MemberRequest) -> StreamingHttpResponse:
    """The list as it is filtered, as CSV."""
    rows, _filter = _filtered(request)
    answer = StreamingHttpResponse(as_csv(board.sheet(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="partenariats-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def open_by_hand(request: MemberRequest) -> HttpResponse:
    if not rules.can_animate(request.user):
        raise PermissionDenied
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            return redirect(
                services.open_by_hand(
                    title=data["title"], actors=form.actors, acting_user=request.user, form_key=data["form_key"]
                )
            )
        except services.PartnershipError as refused:
            form.add_error(None, str(refused))
    return render(request, "following/open.html", {"form": form})


def _all(request: Any) -> PartnershipQuerySet:
    return Partnership.objects.visible_to(request.user).urgent_first().with_card_data()


def _filtered(request: MemberRequest) -> tuple[PartnershipQuerySet, PartnershipFilter]:
    if not rules.is_animator(request.user):
        raise PermissionDenied
    found = PartnershipFilter(request.GET, queryset=_all(request), request=request)
    return (found.qs if found.is_valid() else _all(request)), found
