"""The administration: what was written is read there; templates and tax rules are edited there."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin, RecordedAdmin
from coexist.common.waiting import register_waiting

from .agreements.drafts import WORDS, validate_words
from .models import Agreement, AgreementTemplate, Partnership, TaxRule

register_waiting(
    _("Partenariats en retard"),
    count=lambda: Partnership.objects.with_overdue().filter(is_overdue=True).count(),
    url="partnership-follow",
    query="?overdue=1",
    permission="following.view_partnership",
)


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin):
    list_display = ["title", "stage", "animator", "next_due", "changed_at"]
    list_filter = ["stage"]
    search_fields = ["title", "parties__actor__name"]
    list_select_related = ["animator"]
    list_per_page = 50


@admin.register(Agreement)
class AgreementAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ["partnership", "kind", "status", "signed_on", "transmitted_on"]
    list_filter = ["status", "kind", "foreign"]
    search_fields = ["partnership__title"]
    list_select_related = ["partnership"]
    list_per_page = 50
    exclude = ["signed_file"]  # read on the convention's page, by whoever may


class TemplateForm(forms.ModelForm):
    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        validate_words(body)
        return body


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(admin.ModelAdmin):
    form = TemplateForm
    list_display = ["title", "kind", "updated_at", "updated_by"]
    list_select_related = ["updated_by"]
    fields = ["kind", "title", "body", "words", "updated_at"]
    readonly_fields = ["kind", "words", "updated_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """One for each kind, made by a migration."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        obj.updated_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("mots remplacés"))
    def words(self, template: AgreementTemplate) -> str:
        rows = [(word, label) for word, (label, _fact) in WORDS.items()]
        return format_html_join("", "<div><code>{{{{ {} }}}}</code> {}</div>", rows)


@admin.register(TaxRule)
class TaxRuleAdmin(RecordedAdmin):
    list_display = ["donor", "since", "rate", "rate_above", "ceiling", "ceiling_share", "legal_source", "is_in_force"]
    list_filter = ["donor"]

    @admin.display(description=_("en vigueur"), boolean=True)
    def is_in_force(self, rule: TaxRule) -> bool:
        return rule.since <= timezone.localdate()
