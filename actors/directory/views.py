"""The directory as a list, a map and a sheet; and the pin that its owner moves."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coexist.common.access import public
from coexist.common.lists import SearchedList, page_query
from coexist.common.maps import allow_tiles, map_data
from coexist.common.sheets import as_csv

from .. import rules, services
from ..models import Actor
from ..requests import MemberRequest
from .filters import ActorFilter
from .forms import PositionForm
from .points import LISTED, by_territory, cells
from .results import Directory
from .sheet import rows_of, sheet


def directory_of(request: HttpRequest) -> Directory:
    """What everybody may see, narrowed as the address says."""
    rows = Actor.objects.approved().with_card_data()
    return Directory(rows, ActorFilter(request.GET, queryset=rows, request=request))


@method_decorator(public, name="dispatch")
class ActorList(SearchedList):
    template_name = "actors/list.html"
    results_template = "actors/_results.html"
    result: Directory

    def results(self) -> Directory:
        return directory_of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "directory": self.result,
            "list_query": page_query(self.request, without="vue"),
            "may_export": rules.may_export(self.request.user),
            **(self._of_map() if self.result.is_map else {}),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.result.is_map:
            allow_tiles(answer)
        return answer

    def _of_map(self) -> dict[str, Any]:
        return {"groups": by_territory(self.result.all), "listed_on_map": LISTED, "map": map_data()}


@public
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """The map's points, as JSON."""
    return JsonResponse(cells(directory_of(request).all))


@require_safe
def export(request: MemberRequest) -> HttpResponseBase:
    """The result as CSV, for members with a confirmed address."""
    if not rules.may_export(request.user):
        raise PermissionDenied
    lines = as_csv(sheet(rows_of(directory_of(request).in_order()), settings.SITE_URL))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="acteurs-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def position(request: MemberRequest, slug: str) -> HttpResponse:
    """Where the actor's pin stands; not theirs to move: 403, not to be seen: 404."""
    actor = get_object_or_404(Actor.objects.visible_to(request.user).without_index(), slug=slug)
    if not rules.can_write_for(request.user, actor):
        raise PermissionDenied
    if request.method == "POST" and "reset" in request.POST:
        services.move_pin(actor=actor, position=None, acting_user=request.user)
        messages.success(request, _("Le point suit de nouveau votre adresse."))
        return redirect(actor)
    form = PositionForm(request.POST or None, initial={"latitude": actor.latitude, "longitude": actor.longitude})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.move_pin(actor=actor, position=(given["latitude"], given["longitude"]), acting_user=request.user)
        messages.success(request, _("Le point est placé."))
        return redirect(actor)
    answer = render(request, "actors/position.html", {"form": form, "actor": actor, "map": map_data()})
    allow_tiles(answer)
    return answer
