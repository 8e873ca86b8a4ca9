"""The administration: what actors say they offer is confirmed there; requests are read there."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from . import experts
from .enums import OfferState
from .models import ExpertOffer, SupportRequest

register_waiting(
    _("Demandes d'accompagnement à attribuer"),
    count=lambda: SupportRequest.objects.to_assign().count(),
    oldest=lambda: SupportRequest.objects.to_assign().values_list("state_since", flat=True).first(),
    url="support-follow",
    query="?state=waiting",
    permission="support.view_supportrequest",
)
register_waiting(
    _("Accompagnements en retard"),
    count=lambda: SupportRequest.objects.with_overdue().filter(is_overdue=True).count(),
    url="support-follow",
    query="?overdue=1",
    permission="support.view_supportrequest",
)
register_waiting(
    _("Accompagnements proposés à confirmer"),
    count=lambda: ExpertOffer.objects.to_confirm().count(),
    oldest=lambda: ExpertOffer.objects.to_confirm().values_list("changed_at", flat=True).first(),
    url="admin:support_expertoffer_changelist",
    query="?state__exact=waiting",
    permission="support.view_expertoffer",
)


class DecisionForm(forms.ModelForm):
    """Confirmed or refused, from a page that is not out of date."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ExpertOffer
        fields = ["state", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.fields["seen"].initial = self.instance.changed_at.isoformat() if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._decide(cleaned)
        return cleaned

    def _decide(self, cleaned: dict[str, Any]) -> None:
        try:
            seen = parse_datetime(cleaned.get("seen", ""))
        except ValueError:
            seen = None
        if seen is None or timezone.is_naive(seen) or seen != self.instance.changed_at:
            raise ValidationError(_("L'acteur vient de changer cette phrase : relisez-la avant de décider."))
        if cleaned.get("state") == OfferState.WAITING:
            self.add_error("state", _("Confirmez ou refusez."))
        if cleaned.get("state") == OfferState.REFUSED and not cleaned.get("why", "").strip():
            self.add_error("why", _("Dites pourquoi : l'acteur le lira."))


@admin.register(ExpertOffer)
class ExpertOfferAdmin(admin.ModelAdmin):
    form = DecisionForm
    list_display = ["actor", "kind", "sentence", "state", "changed_at"]
    list_filter = ["state", "kind"]
    search_fields = ["actor__name", "sentence"]
    list_select_related = ["actor"]
    list_per_page = 50
    fields = ["actor", "kind", "sentence", "changed_at", "state", "why", "decided_by", "decided_at", "seen"]
    readonly_fields = ["actor", "kind", "sentence", "changed_at", "decided_by", "decided_at"]
    actions = ["confirm"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Actors say it themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def save_model(self, request: Any, obj: ExpertOffer, form: Any, change: bool) -> None:
        seen = parse_datetime(form.cleaned_data["seen"])
        assert seen is not None  # the form read it
        self._decide(request, obj, obj.state, obj.why, seen)

    @admin.action(description=_("Confirmer les accompagnements choisis"), permissions=["change"])
    def confirm(self, request: Any, offers: QuerySet[ExpertOffer]) -> None:
        for offer in offers.select_related("actor"):
            self._decide(request, offer, OfferState.CONFIRMED, "", offer.changed_at)

    def _decide(self, request: Any, offer: ExpertOffer, state: str, why: str, seen: Any) -> None:
        try:
            experts.decide(offer=offer, state=state, why=why, seen=seen, acting_user=request.user)
        except experts.ExpertError as refused:
            self.message_user(request, f"{offer} : {refused}", "WARNING")


@admin.register(SupportRequest)
class SupportRequestAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "state", "actor", "expert", "animator", "next_due"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "actor__name", "expert__name"]
    list_select_related = ["actor", "expert", "animator"]
    list_per_page = 50
