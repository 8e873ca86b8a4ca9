"""Actors as animators see them: the queue first."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coexist.common.admin_base import RecordedAdmin

from .. import queue, services
from ..enums import ActorState
from ..joining.admin import KeepsAnOwner, note_changes
from ..models import Actor, ActorDecision, Contact, Membership, Offer
from ..positions import place
from .changes import ChangesMixin
from .deciding import Deciding
from .filters import QueueFilter, QueueList, waiting_first
from .merging import Merging
from .together import ApprovingTogether


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
    formset = KeepsAnOwner
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
class ActorAdmin(ChangesMixin, Deciding, ApprovingTogether, Merging, RecordedAdmin):
    list_display = ["name", "decide_link", "waiting_for", "to_check", "offered", "kind", "queue_state", "followed_by"]
    list_filter = [QueueFilter, "state", "kind"]
    search_fields = ["name", "acronym", "city", "registration_number"]
    list_per_page = 25
    list_select_related = ["assigned_to"]
    actions = ["approve_together", "take", "merge_chosen"]
    inlines = [ContactInline, OfferInline, MembershipInline, DecisionInline]
    readonly_fields = [
        "state", "decide_links", "changes", "merge_link", "assigned_to", "snoozed_until", "merged_into", "submitted_at",
        "approved_at", "created_by",
    ]  # fmt: skip
    fields = [
        "name", "acronym", "slug", "kind", "state", "decide_links", "changes", "assigned_to", "snoozed_until",
        "summary", "description", "logo", "address", "postcode", "city", "country", "territories", "themes",
        "languages", "size", "website", "donation_url", "registration_kind", "registration_number", "created_by",
        "submitted_at", "approved_at", "merge_link", "merged_into",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        rows = super().get_queryset(request)
        offers = Prefetch("offers", Offer.objects.only("title", "actor"))
        return rows.defer("vector", "stems", "search", "approved_version").prefetch_related(offers)

    def get_ordering(self, request: HttpRequest):
        """Waiting ones first, the longest wait on top."""
        return [waiting_first(), "submitted_at", "name"]

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[QueueList]:
        return QueueList

    def save_model(self, request, obj, form, change) -> None:
        place(obj)
        super().save_model(request, obj, form, change)
        services.announce_change(obj)

    def save_formset(self, request, form, formset, change) -> None:
        super().save_formset(request, form, formset, change)
        note_changes(formset, request.user)

    def histories(self, obj: Actor) -> Sequence[QuerySet]:
        """The actor's own, what it offers, its people, and those of the actors it absorbed."""
        keys = [obj.pk, *obj.merged.values_list("pk", flat=True)]
        return [
            Actor.history.filter(id__in=keys),
            *(model.history.filter(actor_id__in=keys) for model in (Offer, Contact, Membership)),
        ]

    @admin.display(description=_("état"), ordering="state")
    def queue_state(self, actor: Actor) -> str:
        if actor.state == ActorState.WAITING and actor.snoozed_until and actor.snoozed_until > timezone.localdate():
            day = date_format(actor.snoozed_until, "SHORT_DATE_FORMAT")
            return _("mis de côté jusqu'au %(day)s") % {"day": day}
        return actor.get_state_display()

    @admin.display(description=_("attend depuis"))
    def waiting_for(self, actor: Actor) -> str:
        if actor.state != ActorState.WAITING or actor.submitted_at is None:
            return "—"
        days = (timezone.now() - actor.submitted_at).days
        return ngettext("%(days)d jour", "%(days)d jours", days) % {"days": days}

    @admin.display(description=_("suivi par"), ordering="assigned_to")
    def followed_by(self, actor: Actor) -> str:
        return str(actor.assigned_to or "—")

    @admin.display(description=_("propose"))
    def offered(self, actor: Actor) -> str:
        return " · ".join(offer.title for offer in actor.offers.all()[:3]) or "—"

    @admin.display(description=_("à vérifier"))
    def to_check(self, actor: Actor) -> str:
        review = getattr(actor, "review", None)
        if review is None or review.is_clear:
            return "—"
        told = [_("Ressemble à %(name)s") % {"name": duplicate.actor} for duplicate in review.duplicates[:2]]
        found = [*([_("Numéro à revoir")] if review.number_problem else []), *told]
        return format_html_join("", '<span class="to-check">{}</span>', ((one,) for one in found))

    @admin.action(description=_("M'attribuer les profils choisis"), permissions=["change"])
    def take(self, request, queryset: QuerySet[Actor]) -> None:
        """Those that nobody follows; what a colleague follows stays hers."""
        taken = 0
        for actor in queryset.filter(assigned_to=None)[: queue.AT_ONCE]:
            try:
                queue.assign(actor=actor, to=request.user, acting_user=request.user, seen=None)
            except queue.QueueError:
                continue
            taken += 1
        said = ngettext("Vous suivez %(count)d profil de plus.", "Vous suivez %(count)d profils de plus.", taken)
        self.message_user(request, said % {"count": taken}, messages.SUCCESS if taken else messages.INFO)
