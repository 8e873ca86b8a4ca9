"""Matches as the two sides see them."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Actor
from actors.querysets import may_see_all
from actors.rules import role_of
from projects.models import Need
from projects.rules import can_edit_need

from .enums import Reader
from .models import Match, MatchingDue

PER_PAGE = 20


@require_safe
def need_matches(request: HttpRequest, pk: int) -> HttpResponse:
    """The actors proposed for a need: for the project's people and the animators."""
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("project__lead"), pk=pk)
    if not (may_see_all(request.user, "matching.view_match") or role_of(request.user, need.project.lead)):
        raise PermissionDenied
    matches = Match.objects.visible_to(request.user).filter(need=need).for_project()
    context = {
        "need": need,
        "can_edit": can_edit_need(request.user, need),
        "page_obj": _page(request, matches),
        "reader": Reader.ANIMATOR if may_see_all(request.user, "matching.view_match") else Reader.PROJECT,
        "is_running": MatchingDue.objects.filter(subject="need", subject_id=need.pk).exists(),
    }
    return render(request, "matching/need_matches.html", context)


@require_safe
def actor_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """The open needs that suit an actor: for its members and the animators."""
    actor = get_object_or_404(Actor.objects.visible_to(request.user), slug=slug)
    if not (may_see_all(request.user, "matching.view_match") or role_of(request.user, actor)):
        raise PermissionDenied
    matches = Match.objects.visible_to(request.user).for_actor(actor)
    return render(request, "matching/actor_needs.html", {"actor": actor, "page_obj": _page(request, matches)})


def _page(request: HttpRequest, matches):
    number = request.GET.get("page", "1")
    paginator = Paginator(matches, PER_PAGE)
    if not number.isdecimal() or not 1 <= int(number[:9]) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))
