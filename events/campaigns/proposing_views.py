"""Answering the call: with an account at once, without one after a mailed link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actors.rules import has_verified_email
from coexist.common.access import public
from coexist.common.limits import HOUR, Limit, limited

from . import moderation, rules
from .enums import Direction
from .forms import ActivityForm, OwnForm, ProposerForm, SupportForm
from .links import follow_path, followed, unconfirmed_of
from .models import Activity, Campaign, Support, Unconfirmed
from .proposals import CampaignError, keep_unconfirmed, propose_activity, propose_support

PROPOSALS = Limit("campaign_proposals", per_account=30, per_address=60, seconds=HOUR)
DIRECTIONS = {"demander": Direction.ASK, "offrir": Direction.OFFER}
ACTIVITY = "activity"


@public
@limited(PROPOSALS)
@require_http_methods(["GET", "POST"])
def activity_propose(request: HttpRequest, year: int) -> HttpResponse:
    return _propose(request, _campaign(request, year), ACTIVITY)


@public
@limited(PROPOSALS)
@require_http_methods(["GET", "POST"])
def support_propose(request: HttpRequest, year: int, direction: str) -> HttpResponse:
    if direction not in DIRECTIONS:
        raise Http404
    return _propose(request, _campaign(request, year), DIRECTIONS[direction])


@public
@never_cache
@limited(PROPOSALS)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: a page with one button, which makes the proposal."""
    try:
        row = unconfirmed_of(token)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Http404 from error
    if row is None:
        return render(request, "campaigns/confirm.html", {"row": None}, status=410)
    if request.method == "POST":
        try:
            return redirect(follow_path(_confirmed(row)))
        except CampaignError as refused:
            return render(request, "campaigns/confirm.html", {"row": row, "refused": refused})
    return render(request, "campaigns/confirm.html", {"row": row})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where a proposal stands, for who made it without an account."""
    try:
        proposal = followed(token)
    except (signing.BadSignature, TypeError, ValueError, KeyError) as error:
        raise Http404 from error
    if proposal is None:
        return render(request, "campaigns/confirm.html", {"row": None}, status=410)
    form = OwnForm(request.POST or None, initial={"seen": proposal.turn})
    refused = ""
    if request.method == "POST" and form.is_valid():
        refused = act_as_proposer(request, proposal, form, None)
        if not refused:
            return redirect(request.path)
    context = {
        "proposal": proposal, "campaign": proposal.campaign, "form": form, "refused": refused,
        "can_answer": rules.can_answer(proposal), "can_withdraw": rules.can_withdraw(proposal),
        "decisions": proposal.decisions.all()[:50], "action": request.path, "is_own": True,
    }  # fmt: skip
    return render(request, "campaigns/proposal.html", context)


def act_as_proposer(request: HttpRequest, proposal: Any, form: OwnForm, person: Any) -> str:
    """Answer or withdraw, as the button says; why not, where it is not possible."""
    given = form.cleaned_data
    try:
        if "withdraw" in request.POST:
            moderation.withdraw(proposal=proposal, seen=given["seen"], why=given["text"], acting_user=person)
            messages.success(request, _("La proposition est retirée."))
        else:
            moderation.answer(proposal=proposal, seen=given["seen"], text=given["text"], acting_user=person)
            messages.success(request, _("C'est envoyé : un coordinateur va relire votre proposition."))
    except CampaignError as refused:
        return str(refused)
    return ""


def _campaign(request: HttpRequest, year: int) -> Campaign:
    return get_object_or_404(Campaign.objects.visible_to(request.user).select_related("project__lead"), year=year)


def _propose(request: HttpRequest, campaign: Campaign, what: str) -> HttpResponse:
    if not campaign.takes_proposals:
        messages.info(request, _("L'appel à contributions n'est pas ouvert."))
        return redirect(campaign)
    user = request.user
    if user.is_authenticated and not has_verified_email(user):
        messages.info(request, _("Confirmez d'abord votre adresse e-mail."))
        return redirect("account_email")
    form = _form(what, request.POST or None, user, campaign)
    if request.method == "POST" and form.is_valid():
        if not user.is_authenticated:
            return _sent(request, campaign, what, form)
        try:
            proposal = _write(campaign, what, form, user)
        except CampaignError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C'est envoyé : les coordinateurs du territoire vont la lire."))
            return redirect(proposal)
    return render(request, "campaigns/propose.html", {"form": form, "campaign": campaign, "what": what})


def _sent(request: HttpRequest, campaign: Campaign, what: str, form: ProposerForm) -> HttpResponse:
    given = form.cleaned_data
    keep_unconfirmed(
        campaign=campaign, what=what, data=form.as_typed(), name=given["name"], email=given["email"],
        structure=given["structure"], form_key=form.key,
    )  # fmt: skip
    return render(request, "campaigns/sent.html", {"campaign": campaign, "email": given["email"]})


@transaction.atomic
def _confirmed(row: Unconfirmed) -> Activity | Support:
    """The proposal of a confirmed address; what was typed is read again, and forgotten."""
    Unconfirmed.objects.select_for_update().filter(pk=row.pk).first()
    data = QueryDict(mutable=True)
    for name, values in row.data.items():
        data.setlist(name, values)
    data["form_key"] = str(row.form_key)
    form = _form(row.what, data, AnonymousUser(), row.campaign, is_confirmed=True)
    if not form.is_valid():
        raise CampaignError(_("Ce que vous aviez écrit n'est plus possible : proposez-le de nouveau."))
    proposal = _write(row.campaign, row.what, form, None)
    row.delete()
    return proposal


def _form(what: str, data: Any, user: Any, campaign: Campaign, **extra: Any) -> Any:
    if what == ACTIVITY:
        return ActivityForm(data, user=user, campaign=campaign, **extra)
    return SupportForm(data, user=user, campaign=campaign, direction=what, **extra)


def _write(campaign: Campaign, what: str, form: Any, user: Any) -> Activity | Support:
    given = {"campaign": campaign, "proposer": form.proposer, "form_key": form.key, "acting_user": user}
    if what == ACTIVITY:
        return propose_activity(event=form.save(commit=False), **given)
    return propose_support(support=form.save(commit=False), **given)
