"""Who acts for an actor: seeing it, changing roles, removing, leaving, and choosing for whom one works."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coexist.common import limits

from .. import current, rules
from ..models import Actor, Membership
from ..requests import MemberRequest
from . import invitations, members
from .access import refuse, visible_actor
from .forms import InviteForm, RoleForm

PER_PAGE = 50
SHOWN = 100  # open invitations and waiting claims; invitations.MOST_OPEN holds the former there


@require_http_methods(["GET", "POST"])
def member_list(request: MemberRequest, slug: str) -> HttpResponse:
    """The members; for owners also who is invited, who asks to join, and the form that invites."""
    actor = visible_actor(request, slug)
    if not rules.can_see_members(request.user, actor):
        raise refuse(request.user, actor)
    form = InviteForm()
    if request.method == "POST":
        if not rules.can_manage_members(request.user, actor):
            raise refuse(request.user, actor)
        return _invite(request, actor)
    return _show(request, actor, form)


@limits.limited(limits.INVITATIONS)
def _invite(request: MemberRequest, actor: Actor) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invitations.invite(actor=actor, acting_user=request.user, **form.cleaned_data)
        except invitations.InvitationError as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("Invitation envoyée à %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("actor-members", slug=actor.slug)
    return _show(request, actor, form)


def _show(request: MemberRequest, actor: Actor, form: InviteForm) -> HttpResponse:
    can_manage = rules.can_manage_members(request.user, actor)
    rows = actor.memberships.select_related("user").order_by("created_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "actor": actor,
        "page_obj": page,
        "roles": [(member, RoleForm(initial={"role": member.role}, auto_id=f"id_%s_{member.pk}")) for member in page],
        "own_role": rules.role_of(request.user, actor),
        "can_manage": can_manage,
        "form": form,
    }
    if can_manage:
        context["invitations"] = actor.invitations.unanswered().select_related("invited_by")[:SHOWN]
        context["claims"] = actor.claims.waiting().select_related("user")[:SHOWN]
    return render(request, "actors/members/list.html", context)


@require_POST
def member_role(request: MemberRequest, pk: int) -> HttpResponse:
    membership = managed_member(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez un rôle dans la liste."))
        return redirect("actor-members", slug=membership.actor.slug)
    try:
        members.change_role(membership=membership, role=form.cleaned_data["role"], acting_user=request.user)
        messages.success(request, _("Le rôle de %(person)s est à jour.") % {"person": membership.user})
    except members.MembershipError as refused:
        messages.error(request, str(refused))
    return redirect("actor-members", slug=membership.actor.slug)


@require_http_methods(["GET", "POST"])
def member_remove(request: MemberRequest, pk: int) -> HttpResponse:
    membership = managed_member(request, pk)
    if request.method == "GET":
        return render(request, "actors/members/remove.html", {"member": membership, "actor": membership.actor})
    try:
        members.remove_member(membership=membership, acting_user=request.user)
        messages.success(request, _("%(person)s n'est plus membre.") % {"person": membership.user})
    except members.MembershipError as refused:
        messages.error(request, str(refused))
    if membership.user_id == request.user.pk:
        return redirect("dashboard")
    return redirect("actor-members", slug=membership.actor.slug)


@require_http_methods(["GET", "POST"])
def actor_leave(request: MemberRequest, slug: str) -> HttpResponse:
    actor = visible_actor(request, slug)
    if rules.role_of(request.user, actor) is None:
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "actors/members/leave.html", {"actor": actor})
    try:
        members.leave(actor=actor, acting_user=request.user)
    except members.MembershipError as refused:
        messages.error(request, str(refused))
        return redirect("actor-members", slug=actor.slug)
    messages.success(request, _("Vous n'êtes plus membre de %(actor)s.") % {"actor": actor})
    return redirect("dashboard")


@require_POST
def actor_switch(request: MemberRequest) -> HttpResponse:
    """Work for another of one's own actors; the page one was on is shown again."""
    wanted = request.POST.get("actor", "")
    if not wanted.isascii() or not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    actor = get_object_or_404(Actor.objects.of_member(request.user), pk=wanted)
    current.choose(request, actor)
    messages.success(request, _("Vous agissez maintenant au nom de %(actor)s.") % {"actor": actor})
    back = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if inside else "dashboard")


def managed_member(request: MemberRequest, pk: int) -> Membership:
    """A member of an actor that one owns; others do not learn who is in it."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("actor", "user"), pk=pk)
    if not rules.can_manage_members(request.user, membership.actor):
        raise PermissionDenied
    return membership
