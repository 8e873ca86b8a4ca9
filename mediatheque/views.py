"""The médiathèque: its list, the page of a resource, downloads."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from coexist.common.access import public
from coexist.common.lists import SearchedList
from coexist.common.panels import SHOWN, panels_for

from . import rules, services
from .collections.models import Collection
from .enums import FileKind, ResourceState
from .filters import ResourceFilter
from .models import LoanRequest, Resource, ResourceFile
from .players import allow_players, player_of
from .results import ResourceResults
from .structured import resource_facts

LOANS_SHOWN = 12
WITH_PASSAGES = 12  # resources on a page that shows where the words stand


@method_decorator(public, name="dispatch")
class ResourceList(SearchedList):
    template_name = "mediatheque/list.html"
    results_template = "mediatheque/_results.html"

    def get_paginate_by(self, queryset: Any) -> int:
        return WITH_PASSAGES if self.request.GET.get("q") else settings.PAGE_SIZE

    def results(self) -> ResourceResults:
        rows = Resource.objects.public().with_card_data()
        return ResourceResults(rows, ResourceFilter(self.request.GET, queryset=rows, request=self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest collections, on the first page of the whole library."""
        newest = [] if self.request.GET else Collection.objects.public().newest_first()[:SHOWN]
        return {**super().get_context_data(**kwargs), "collections": newest}


@public
@require_safe
def resource_detail(request: HttpRequest, slug: str) -> HttpResponse:
    seen = Resource.objects.visible_to(request.user).select_related("publisher").prefetch_related("skills")
    resource = get_object_or_404(seen, slug=slug)
    files, player = _files(resource), player_of(resource.link)
    can_be_borrowed = resource.is_public and resource.is_lent
    context: dict[str, Any] = {
        "resource": resource,
        "files": [file for file in files if file.kind not in (FileKind.VIDEO, FileKind.AUDIO, FileKind.IMAGE)],
        "media": [file for file in files if file.kind in (FileKind.VIDEO, FileKind.AUDIO)],
        "images": [file for file in files if file.kind == FileKind.IMAGE],
        "player": player,
        "downloads": services.total_downloads(resource),
        "can_edit": request.user.is_authenticated and rules.can_edit(request.user, resource),
        "can_decide": request.user.is_authenticated and rules.can_decide(request.user),
        "is_public": resource.is_public,
        "can_be_borrowed": can_be_borrowed,
        "taken": LoanRequest.objects.to_come().filter(resource=resource)[:LOANS_SHOWN] if can_be_borrowed else [],
        "states": ResourceState,
        "facts": resource_facts(resource, files, player) if resource.is_public else None,
        "collections": Collection.objects.public().filter(steps__resource=resource).newest_first()[:SHOWN],
        "panels": panels_for("resource", resource, request.user),
    }
    answer = render(request, "mediatheque/detail.html", context)
    allow_players(answer, player)
    return answer


@public
@csrf_exempt  # all it does is count, and visitors get no cookie for it
@require_POST
def resource_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a download of a public resource, then hand the file over."""
    files = ResourceFile.objects.visible_to(request.user).select_related("resource__publisher")
    file = get_object_or_404(files, pk=pk)
    if file.resource.is_public:
        services.count_download(file.resource)
    return redirect(file.url)


def _files(resource: Resource) -> list[ResourceFile]:
    """The latest versions, with a video's subtitles."""
    subtitles = Prefetch("subtitles", ResourceFile.objects.current().order_by("language", "pk"))
    return list(resource.files.current().documents().order_by("position").prefetch_related(subtitles))
