"""The animators' part: claims where an actor has no owner, and what was done, to read."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin

from .. import rules
from ..enums import ClaimState, MembershipChange, Role
from ..models import Invitation, Membership, MembershipClaim, MembershipEvent
from ..requests import MemberRequest
from . import claims
from .trail import note

WAITING_FIRST = Case(When(state=ClaimState.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())


class ClaimDecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("La personne le reçoit par e-mail, tel que vous l'écrivez."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Rôle"), choices=Role, initial=Role.OWNER)


@admin.register(MembershipClaim)
class MembershipClaimAdmin(ReadOnlyAdmin):
    list_display = ["user", "actor", "state", "created_at", "who_decides", "decide_link"]
    list_filter = ["state"]
    search_fields = ["user__email", "user__name", "actor__name"]
    list_select_related = ["user", "actor"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[MembershipClaim]:
        own = MembershipClaim.objects.for_animators().values("pk")
        rows = super().get_queryset(request).defer("actor__vector", "actor__stems", "actor__search")
        ours = Case(When(pk__in=own, then=Value(True)), default=Value(False))
        return rows.annotate(for_animators=ours)

    def get_ordering(self, request: HttpRequest) -> Any:
        return [WAITING_FIRST, "created_at"]

    @admin.display(description=_("qui décide"))
    def who_decides(self, claim: MembershipClaim) -> str:
        if not claim.is_waiting:
            return "—"
        return str(_("l'équipe d'animation") if _is_for_animators(claim) else _("ses responsables"))

    @admin.display(description=_("décision"))
    def decide_link(self, claim: MembershipClaim) -> str:
        if not _is_for_animators(claim):
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:actors_membershipclaim_decide", args=[claim.pk]), _("Examiner")
        )

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decider/", decide, name="actors_membershipclaim_decide"), *super().get_urls()]

    def decide_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        claim = get_object_or_404(MembershipClaim.objects.select_related("actor", "user"), pk=pk)
        if not rules.can_decide_claim_for_nobody(request.user, claim):
            raise PermissionDenied
        form = ClaimDecisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._decided(request, claim, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Demande de rattachement"),
            "claim": claim,
            "form": form,
            "opts": self.model._meta,
        }
        return render(request, "admin/actors/claim.html", context)

    def _decided(self, request: MemberRequest, claim: MembershipClaim, data: dict[str, Any]) -> HttpResponse:
        try:
            if "decline" in request.POST:
                claims.decline(claim=claim, reason=data["reason"], acting_user=request.user)
            else:
                claims.accept(claim=claim, acting_user=request.user, **data)
            self.message_user(request, _("Réponse envoyée."), messages.SUCCESS)
        except claims.ClaimError as refused:
            self.message_user(request, str(refused), messages.INFO)
        return redirect("admin:actors_membershipclaim_changelist")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "actor", "role", "sent_at", "expires_at", "accepted_at", "revoked_at"]
    search_fields = ["email", "actor__name"]
    list_select_related = ["actor"]
    list_per_page = 50


@admin.register(MembershipEvent)
class MembershipEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "what", "person", "role", "by"]
    list_filter = ["what"]
    search_fields = ["actor__name", "person__email", "by__email"]
    list_select_related = ["actor", "person", "by"]
    list_per_page = 50


class KeepsAnOwner(forms.BaseInlineFormSet):
    """For the members on an actor's page: what had an owner keeps one."""

    def clean(self) -> None:
        super().clean()
        had = any(form.initial.get("role") == Role.OWNER for form in self.initial_forms)
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data]
        if had and not any(data.get("role") == Role.OWNER and not data.get("DELETE") for data in kept):
            raise forms.ValidationError(_("Un acteur garde au moins un responsable."))


def note_changes(formset: Any, acting_user: Any) -> None:
    """The audit rows of members changed in the administration; after the formset is saved."""
    if formset.model is not Membership:
        return
    changes = [(MembershipChange.JOINED, member) for member in formset.new_objects]
    changes += [(MembershipChange.ROLE_CHANGED, member) for member, _fields in formset.changed_objects]
    changes += [(MembershipChange.REMOVED, member) for member in formset.deleted_objects]
    for what, member in changes:
        note(member.actor, what, by=acting_user, person=member.user, role=member.role)


def _is_for_animators(claim: MembershipClaim) -> bool:
    """As the list's query has worked it out."""
    return bool(getattr(claim, "for_animators", False))
