"""One's own proposals, and the page of one of them: read, answered, decided, tied to an ask."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.requests import MemberRequest
from coexist.common.lists import page_query

from . import moderation, rules
from .forms import DecisionForm, OwnForm, TieForm
from .links import MODELS
from .models import Activity, Support
from .proposals import CampaignError
from .proposing_views import act_as_proposer

ON_A_PAGE = 24
MOST_ASKS = 200


@require_safe
def proposal_list(request: MemberRequest) -> HttpResponse:
    """What one proposed: activities, and support that one asked for or offers."""
    kind = "soutiens" if request.GET.get("type") == "soutiens" else "activites"
    rows = MODELS[kind].objects.of_person(request.user).with_card_data()
    page = Paginator(rows.order_by("-created_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "page_query": page_query(request), "kind": kind}
    return render(request, "campaigns/proposal_list.html", context)


@require_safe
def proposal_detail(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    return _page(request, _visible(request, kind, pk))


@require_POST
def proposal_own(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Who proposed it answers, or withdraws."""
    proposal = _visible(request, kind, pk)
    if not rules.is_own(request.user, proposal):
        raise PermissionDenied
    form = OwnForm(request.POST)
    if form.is_valid():
        refused = act_as_proposer(request, proposal, form, request.user)
        if not refused:
            return redirect(proposal)
        return _page(request, _visible(request, kind, pk), own_form=form, refused=refused)
    return _page(request, proposal, own_form=form)


@require_POST
def proposal_decide(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    proposal = _visible(request, kind, pk)
    if not rules.can_moderate(request.user, proposal):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            moderation.decide(proposal=proposal, acting_user=request.user, **given)
        except CampaignError as refused:
            return _page(request, _visible(request, kind, pk), decision_form=form, refused=str(refused))
        messages.success(request, _("C'est décidé. Qui l'a proposé est prévenu."))
        return redirect(proposal)
    return _page(request, proposal, decision_form=form)


@require_POST
def support_tie(request: MemberRequest, pk: int) -> HttpResponse:
    """An offer answers an ask."""
    offer = _visible(request, Support.kind_in_address, pk)
    if not rules.can_moderate(request.user, offer):
        raise PermissionDenied
    form = TieForm(request.POST, asks=_asks(request, offer))
    if form.is_valid():
        given = form.cleaned_data
        try:
            moderation.tie(offer=offer, acting_user=request.user, **given)
        except CampaignError as refused:
            return _page(request, _visible(request, Support.kind_in_address, pk), refused=str(refused))
        messages.success(request, _("L'offre est rattachée. Les deux côtés sont prévenus."))
        return redirect(offer)
    return _page(request, offer, tie_form=form)


def _visible(request: MemberRequest, kind: str, pk: int) -> Any:
    if kind not in MODELS:
        raise Http404
    rows = MODELS[kind].objects.visible_to(request.user).with_card_data()
    if kind == Activity.kind_in_address:
        rows = rows.defer(None).defer("event__search", "event__organiser__vector", "event__organiser__stems")
    return get_object_or_404(rows.select_related("campaign__project"), pk=pk)


def _asks(request: MemberRequest, offer: Support) -> Any:
    asks = Support.objects.asks().accepted().moderated_by(request.user).filter(campaign=offer.campaign)
    return asks.order_by("territory", "title", "pk")


def _page(
    request: MemberRequest, proposal: Any, *, refused: str = "", own_form: Any = None, decision_form: Any = None,
    tie_form: Any = None,
) -> HttpResponse:  # fmt: skip
    moderates = rules.can_moderate(request.user, proposal)
    is_own = rules.is_own(request.user, proposal)
    can_decide = moderates and rules.awaits_decision(proposal)
    is_offer = isinstance(proposal, Support) and not proposal.is_ask
    seen = {"seen": proposal.turn}
    if can_decide and is_offer and tie_form is None:
        tie_form = TieForm(asks=_asks(request, proposal)[:MOST_ASKS], initial=seen)
    context = {
        "proposal": proposal,
        "campaign": proposal.campaign,
        "moderates": moderates,
        "is_own": is_own,
        "can_decide": can_decide,
        "can_answer": is_own and rules.can_answer(proposal),
        "can_withdraw": is_own and rules.can_withdraw(proposal),
        "may_offer": is_offer and is_own and proposal.actor,
        "form": own_form or OwnForm(initial=seen),
        "decision_form": decision_form or DecisionForm(initial=seen),
        "asked_for": (decision_form.data.get("to") if decision_form else ""),
        "tie_form": tie_form if can_decide else None,
        "decisions": proposal.decisions.select_related("by")[:50],
        "refused": refused,
    }
    return render(request, "campaigns/proposal.html", context)
