"""Animators write collections: what introduces them, and their steps in order."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import Collection, CollectionStep
from . import services
from .models import MOST_STEPS


class StepInline(admin.StackedInline):
    model = CollectionStep
    fields = ["position", "resource", "comment"]
    autocomplete_fields = ["resource"]
    extra = 1
    max_num = MOST_STEPS
    ordering = ["position", "pk"]


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):
    list_display = ["title", "is_published", "number_of_steps", "published_at", "updated_at"]
    list_filter = ["is_published"]
    search_fields = ["title", "summary"]
    list_per_page = 50
    fields = ["title", "slug", "summary", "introduction", "is_published"]
    inlines = [StepInline]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).annotate(step_count=Count("steps"))

    def get_readonly_fields(self, request: HttpRequest, obj: Collection | None = None):
        """Links to it are out in the world."""
        return ["slug"] if obj else []

    @admin.display(description=_("étapes"))
    def number_of_steps(self, row: Any) -> int:
        return row.step_count

    def save_model(self, request: HttpRequest, obj: Collection, form: ModelForm, change: bool) -> None:
        services.save_collection(collection=obj, acting_user=request.user)  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        formset.save()
        services.number_steps(form.instance)
