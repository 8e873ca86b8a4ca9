"""The page that an invitation's link opens, and what owners do with invitations they sent."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coexist.common import limits
from coexist.common.access import public

from .. import current, rules
from ..enums import InvitationState
from ..models import Invitation, User
from ..requests import MemberRequest
from . import invitations

GONE = 410  # the address was good once


@public
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """One page, one button: mail scanners follow links, so a GET changes nothing."""
    found = invitations.find(token)
    if found is None:
        return render(request, "actors/members/invitation_unknown.html", status=404)
    if found.state != InvitationState.OPEN or not invitations.can_be_joined(found.actor):
        return render(request, "actors/members/invitation_closed.html", {"invitation": found}, status=GONE)
    is_other = request.user.is_authenticated and not invitations.is_for(found, request.user)
    if request.method == "POST" and not is_other:
        return _accept(request, found) if request.user.is_authenticated else _lead_in(request, found)
    context = {
        "invitation": found,
        "actor": found.actor,
        "is_other": is_other,
        "has_account": User.objects.filter(email=found.email).exists(),
    }
    return render(request, "actors/members/invitation.html", context, status=403 if request.method == "POST" else 200)


def _lead_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    """To the log-in or the sign-up, and back here. The mailed link proves the address, and no other."""
    back = {"next": request.path}
    if User.objects.filter(email=found.email).exists():
        return redirect(f"{reverse('account_login')}?{urlencode(back)}")
    get_adapter().stash_verified_email(request, found.email)
    return redirect(f"{reverse('account_signup')}?{urlencode({'email': found.email, **back})}")


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    assert isinstance(request.user, User)  # the caller has checked
    try:
        invitations.accept(invitation=found, acting_user=request.user)
    except invitations.InvitationError as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    current.choose(request, found.actor)
    messages.success(request, _("Bienvenue : vous êtes membre de %(actor)s.") % {"actor": found.actor})
    return redirect(found.actor)


@require_POST
@limits.limited(limits.INVITATIONS)
def invitation_resend(request: MemberRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    try:
        invitations.resend(invitation=found, acting_user=request.user)
        messages.success(request, _("Invitation renvoyée. L'ancien lien ne marche plus."))
    except invitations.InvitationError as refused:
        messages.error(request, str(refused))
    return redirect("actor-members", slug=found.actor.slug)


@require_POST
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    try:
        invitations.revoke(invitation=found, acting_user=request.user)
        messages.success(request, _("Invitation annulée : son lien ne marche plus."))
    except invitations.InvitationError as refused:
        messages.error(request, str(refused))
    return redirect("actor-members", slug=found.actor.slug)


def _managed(request: MemberRequest, pk: int) -> Invitation:
    found = get_object_or_404(Invitation.objects.visible_to(request.user).select_related("actor"), pk=pk)
    if not rules.can_manage_members(request.user, found.actor):
        raise PermissionDenied
    return found
