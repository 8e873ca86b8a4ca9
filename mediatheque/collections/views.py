"""Collections: their list, and the page of one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from coexist.common.access import public
from coexist.common.lists import BoundedPaginator

from .models import Collection


@method_decorator(public, name="dispatch")
class CollectionList(ListView):
    template_name = "mediatheque/collections/list.html"
    context_object_name = "rows"
    paginate_by = settings.PAGE_SIZE

    def get_queryset(self) -> Any:
        return Collection.objects.public().newest_first().with_card_data()

    def get_paginator(self, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> BoundedPaginator:
        return BoundedPaginator(queryset, per_page, count=Collection.objects.public().count())


@public
@require_safe
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Steps that are not public are left out, also for animators, who see what others will."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user).with_public_steps(), slug=slug)
    can_edit = request.user.has_perm("mediatheque.change_collection") and getattr(request.user, "is_staff", False)
    context = {"collection": collection, "steps": collection.shown_steps, "can_edit": can_edit}
    return render(request, "mediatheque/collections/detail.html", context)
