"""The administration: campaigns are made there, and given to their coordinators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.forms import TerritoryField
from coexist.common.territories import grouped_choices
from coexist.common.waiting import register_waiting
from projects.following.forms import ActorField

from . import services
from .models import Activity, Campaign, Coordination, Support

register_waiting(
    _("Activités de la Semaine à lire, sans coordinateur"),
    count=lambda: Activity.objects.undecided().without_coordinator().count(),
    url="admin:campaigns_activity_changelist",
    query="?state__exact=proposed",
    permission="campaigns.change_activity",
)


class CampaignForm(forms.ModelForm):
    lead = ActorField(
        label=_("Projet porté par"), required=False,
        help_text=_("Le nom exact d'un acteur validé, ou l'adresse de sa page : un réseau, une collectivité."),
    )  # fmt: skip
    territories = TerritoryField()

    class Meta:
        model = Campaign
        fields = [
            "year", "name", "first_day", "last_day", "theme", "text", "territories", "state", "call_until",
            "call_text", "contact_name", "contact_email", "contact_phone",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "name" in self.fields:
            self.fields["name"].initial = _("Semaine de la solidarité internationale")
        if self.instance.pk and "lead" in self.fields:
            self.fields["lead"].initial = self.instance.project.lead.slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("lead") and "lead" not in self.errors:
            self.add_error("lead", _("Qui porte le projet de la campagne ?"))
        if not cleaned.get("territories"):
            self.add_error("territories", _("Choisissez au moins un territoire."))
        return cleaned


class CoordinationForm(forms.ModelForm):
    territory = forms.ChoiceField(label=_("Territoire"), choices=grouped_choices)
    actor = ActorField(label=_("Coordinateur"), help_text=_("Son nom exact, ou l'adresse de sa page."))

    class Meta:
        model = Coordination
        fields = ["territory", "actor"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["actor"] = self.instance.actor.slug

    def clean_actor(self) -> Actor:
        actor = self.cleaned_data["actor"]
        if actor is None:
            raise ValidationError(_("Quel acteur ?"))
        return actor


class CoordinationInline(admin.TabularInline):
    model = Coordination
    form = CoordinationForm
    extra = 1


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    form = CampaignForm
    list_display = ["year", "name", "state", "first_day", "last_day", "call_until"]
    list_filter = ["state"]
    list_per_page = 50
    inlines = [CoordinationInline]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """What was accepted for it stays; it is closed."""
        return False

    def save_model(self, request: Any, obj: Campaign, form: Any, change: bool) -> None:
        services.save_campaign(campaign=obj, lead=form.cleaned_data["lead"], acting_user=request.user)


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["event", "structure", "campaign", "state", "created_at"]
    list_filter = ["state", "campaign"]
    search_fields = ["event__title", "structure"]
    list_select_related = ["event", "campaign"]
    list_per_page = 50
    fields = ["campaign", "event", "structure", "proposer", "proposer_name", "proposer_email", "state", "decided_at"]


@admin.register(Support)
class SupportAdmin(ReadOnlyAdmin):
    list_display = ["title", "direction", "kind", "campaign", "state", "created_at"]
    list_filter = ["state", "direction", "kind", "campaign"]
    search_fields = ["title", "structure"]
    list_select_related = ["campaign"]
    list_per_page = 50
    fields = [
        "campaign", "direction", "kind", "title", "detail", "territory", "actor", "structure", "proposer",
        "proposer_name", "proposer_email", "state", "need", "tied_to",
    ]  # fmt: skip
