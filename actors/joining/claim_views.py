""" "C'est mon organisation": asking, and answering for an actor that one owns."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coexist.common import limits

from .. import rules
from ..models import MembershipClaim
from ..requests import MemberRequest
from . import claims
from .access import visible_actor
from .forms import ClaimAnswerForm, ClaimForm
from .members import has_owner


@require_http_methods(["GET", "POST"])
@limits.limited(limits.CLAIMS)
def claim_create(request: MemberRequest, slug: str) -> HttpResponse:
    actor = visible_actor(request, slug)
    if rules.role_of(request.user, actor) is not None:
        messages.info(request, _("Vous êtes déjà membre de %(actor)s.") % {"actor": actor})
        return redirect(actor)
    if not rules.can_claim(request.user, actor):
        raise PermissionDenied
    earlier = actor.claims.waiting().filter(user=request.user).first()
    if earlier is not None:
        messages.info(request, _("Votre demande est déjà envoyée ; elle attend une réponse."))
        return redirect("claim-detail", pk=earlier.pk)
    if not rules.has_verified_email(request.user):
        messages.error(request, _("Confirmez d'abord votre adresse e-mail."))
        return redirect("account_email")
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _claim(request, actor, form.cleaned_data["message"])
    return render(request, "actors/members/claim.html", {"form": form, "actor": actor, "has_owner": has_owner(actor)})


def _claim(request: MemberRequest, actor: Any, message: str) -> HttpResponse:
    made, _is_new = claims.claim(actor=actor, message=message, acting_user=request.user)
    messages.success(request, _("Demande envoyée. La réponse vous arrivera par e-mail."))
    return redirect("claim-detail", pk=made.pk)


@require_http_methods(["GET", "POST"])
def claim_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """For who asks: where it stands. For the owners: accept with a role, or decline with a reason."""
    rows = MembershipClaim.objects.visible_to(request.user).select_related("actor", "user", "decided_by")
    claim = get_object_or_404(rows, pk=pk)
    may_answer = rules.can_decide_claim(request.user, claim)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = ClaimAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, claim, form.cleaned_data)
    context = {
        "claim": claim,
        "actor": claim.actor,
        "form": form if may_answer and claim.is_waiting else None,
        "is_own": claim.user_id == request.user.pk,
    }
    return render(request, "actors/members/claim_detail.html", context)


def _answer(request: MemberRequest, claim: MembershipClaim, data: dict[str, Any]) -> HttpResponse:
    try:
        if "decline" in request.POST:
            claims.decline(claim=claim, reason=data["reason"], acting_user=request.user)
            messages.success(request, _("Réponse envoyée."))
        else:
            claims.accept(claim=claim, role=data["role"], reason=data["reason"], acting_user=request.user)
            messages.success(request, _("%(person)s est maintenant membre.") % {"person": claim.user})
    except claims.ClaimError as refused:
        messages.info(request, str(refused))
    return redirect("actor-members", slug=claim.actor.slug)
