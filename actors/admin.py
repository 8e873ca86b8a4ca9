"""The animators' admin: what waits for a decision comes first."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import rules, services
from .admin_changes import ChangedFilter, ChangesMixin
from .changes import differences
from .enums import ActorState
from .models import Actor, ActorDecision, Contact, Membership, Offer, Skill, User
from .requests import MemberRequest

DECISIONS = {
    "approuver": ActorState.APPROVED,
    "a-completer": ActorState.CHANGES_ASKED,
    "refuser": ActorState.REFUSED,
    "suspendre": ActorState.SUSPENDED,
}
NEEDS_REASON = (ActorState.CHANGES_ASKED, ActorState.REFUSED, ActorState.SUSPENDED)

WAITING_FIRST = Case(When(state=ActorState.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Les responsables de l'acteur le reçoivent par e-mail, tel que vous l'écrivez."),
    )  # fmt: skip

    def __init__(self, *args, state: ActorState, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = state in NEEDS_REASON


class OfferInline(admin.TabularInline):
    model = Offer
    fields = ["title", "kind", "modes"]
    readonly_fields = ["title", "kind", "modes"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class ContactInline(admin.TabularInline):
    model = Contact
    fields = ["name", "role", "email", "phone", "is_public"]
    extra = 0


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = ["user", "role"]
    autocomplete_fields = ["user"]
    extra = 0


class DecisionInline(admin.TabularInline):
    model = ActorDecision
    fields = ["at", "state", "reason", "by"]
    readonly_fields = ["at", "state", "reason", "by"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Actor)
class ActorAdmin(ChangesMixin):
    list_display = ["name", "kind", "state", "waiting_for", "offered", "city", "decide_link"]
    list_filter = ["state", ChangedFilter, "kind"]
    search_fields = ["name", "acronym", "city"]
    list_per_page = 50
    inlines = [ContactInline, OfferInline, MembershipInline, DecisionInline]
    readonly_fields = ["state", "decide_links", "changes", "submitted_at", "approved_at", "created_by"]
    fields = [
        "name", "acronym", "slug", "kind", "state", "decide_links", "changes", "summary", "description", "logo",
        "address", "postcode", "city", "country", "territories", "themes", "languages", "size", "website",
        "donation_url", "registration_kind", "registration_number", "created_by", "submitted_at", "approved_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        rows = super().get_queryset(request)
        return rows.defer("vector", "stems", "search", "approved_version").prefetch_related("offers")

    def get_ordering(self, request: HttpRequest):
        """Waiting ones first, the longest wait on top."""
        return [WAITING_FIRST, "submitted_at", "name"]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        services.announce_change(obj)

    @admin.display(description=_("attend depuis"))
    def waiting_for(self, actor: Actor) -> str:
        if actor.state != ActorState.WAITING or actor.submitted_at is None:
            return "—"
        days = (timezone.now() - actor.submitted_at).days
        return ngettext("%(days)d jour", "%(days)d jours", days) % {"days": days}

    @admin.display(description=_("propose"))
    def offered(self, actor: Actor) -> str:
        return " · ".join(offer.title for offer in actor.offers.all()[:3]) or "—"

    @admin.display(description=_("décision"))
    def decide_link(self, actor: Actor) -> str:
        if actor.is_approved and actor.changed_at:
            return format_html('<a href="{}">{}</a>', self.changes_url(actor), _("Relire"))
        if actor.state != ActorState.WAITING:
            return ""
        return format_html('<a href="{}">{}</a>', self._decision_url(actor, "approuver"), _("Examiner"))

    @admin.display(description=_("décider"))
    def decide_links(self, actor: Actor) -> str:
        if actor.pk is None:
            return "—"
        labels = {"approuver": _("Approuver"), "a-completer": _("Demander des compléments"), "refuser": _("Refuser"),
                  "suspendre": _("Suspendre")}  # fmt: skip
        links = [
            format_html('<a class="decision-link" href="{}">{}</a>', self._decision_url(actor, code), labels[code])
            for code, state in DECISIONS.items()
            if state != actor.state
        ]
        return format_html(" · ".join(["{}"] * len(links)), *links)

    def _decision_url(self, actor: Actor, code: str) -> str:
        return reverse("admin:actors_actor_decide", args=[actor.pk, code])

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decider/<slug:code>/", decide, name="actors_actor_decide"), *super().get_urls()]

    def decide_view(self, request: MemberRequest, pk: int, code: str) -> HttpResponse:
        """Everything about the profile on one page, the decision and its reason below."""
        if not rules.can_decide(request.user) or code not in DECISIONS:
            raise PermissionDenied
        actor = get_object_or_404(Actor.objects.prefetch_related("offers__skills", "decisions__by", "contacts"), pk=pk)
        state = DECISIONS[code]
        form = DecisionForm(request.POST or None, state=state)
        if request.method == "POST" and form.is_valid():
            return self._decided(request, actor, state, form.cleaned_data["reason"])
        context = {
            **self.admin_site.each_context(request),
            "title": f"{actor} : {state.label}",
            "actor": actor,
            "form": form,
            "state": state,
            "code": code,
            "differences": differences(actor),
            "codes": [(other, DECISIONS[other].label) for other in DECISIONS if DECISIONS[other] != actor.state],
            "opts": self.model._meta,
        }
        return render(request, "admin/actors/decide.html", context)

    def _decided(self, request: MemberRequest, actor: Actor, state: ActorState, reason: str) -> HttpResponse:
        done = services.decide(actor=actor, state=state, reason=reason, acting_user=request.user)
        if done is None:
            self.message_user(request, _("Quelqu'un venait de prendre la même décision."), messages.INFO)
        else:
            self.message_user(
                request, _("%(actor)s : %(state)s.") % {"actor": actor, "state": state.label}, messages.SUCCESS
            )
        return redirect("admin:actors_actor_changelist")


@admin.register(Offer)
class OfferAdmin(admin.ModelAdmin):
    list_display = ["title", "actor", "kind"]
    list_filter = ["kind"]
    search_fields = ["title", "actor__name"]
    list_select_related = ["actor"]
    list_per_page = 50
    fields = ["actor", "title", "detail", "kind", "modes", "skills", "territories", "available_from", "available_until"]
    autocomplete_fields = ["skills"]
    readonly_fields = ["actor"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written on the site, in the name of an actor."""
        return False

    def delete_model(self, request, obj) -> None:
        services.delete_offer(offer=obj, acting_user=request.user)

    def delete_queryset(self, request, queryset) -> None:
        for offer in queryset:
            services.delete_offer(offer=offer, acting_user=request.user)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        services.save_offer(offer=form.instance, skills=form.cleaned_data.get("skills"), acting_user=request.user)


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    list_display = ["name_fr", "name_en", "parent", "code"]
    list_filter = ["parent"]
    search_fields = ["name_fr", "name_en", "code"]
    list_select_related = ["parent"]
    list_per_page = 100


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    add_form = AdminUserCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Personne"), {"fields": ["name", "language", "digest"]}),
        (_("Droits"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups"]

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser hands out rights: a group alone must not let its members rise above it."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*super().get_readonly_fields(request, obj), *rights]

    def has_change_permission(self, request, obj=None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)
