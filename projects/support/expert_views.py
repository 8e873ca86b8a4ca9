"""The public pages of accompaniment, and what an actor says it offers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.current import current_actor
from actors.joining.access import refuse, visible_actor
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import can_write_for
from coexist.common.access import public
from coexist.common.lists import SearchedList, page_query

from . import experts
from .directory import Experts, listed
from .enums import WHAT_IT_IS
from .filters import ExpertFilter
from .forms import OffersForm
from .models import SupportRequest

PAGE = 24


class ExpertList(SearchedList):
    """What accompaniment is, and who offers it."""

    template_name = "support/experts.html"
    results_template = "support/_experts_results.html"

    def results(self) -> Experts:
        rows = listed()
        return Experts(rows, ExpertFilter(self.request.GET, queryset=rows, request=self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(kind.value, kind.label, text) for kind, text in WHAT_IT_IS.items()]
        at_work = current_actor(self.request)
        offering = at_work if at_work and can_write_for(self.request.user, at_work) else None
        return super().get_context_data(**kwargs) | {"kinds": kinds, "offering": offering}


expert_list = public(ExpertList.as_view())


@public
@require_safe
def reference_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that an expert did and may show."""
    actor = get_object_or_404(Actor.objects.approved().without_index(), slug=slug)
    rows = SupportRequest.objects.references().filter(expert=actor).with_card_data()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"actor": actor, "page_obj": page, "page_query": page_query(request)}
    return render(request, "support/references.html", context)


@require_http_methods(["GET", "POST"])
def offered(request: MemberRequest, slug: str) -> HttpResponse:
    """Which kinds of support an actor offers; what is new or changed waits for an animator."""
    actor = visible_actor(request, slug)
    if not can_write_for(request.user, actor):
        raise refuse(request.user, actor)
    form = OffersForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        experts.say_what_is_offered(actor=actor, sentences=form.sentences)
        messages.success(request, _("C'est gardé. L'équipe d'animation confirme ce qui est nouveau ou modifié."))
        return redirect("support-offers", slug=actor.slug)
    return render(request, "support/offers.html", {"form": form, "actor": actor})
