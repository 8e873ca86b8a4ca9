"""Offers, written on the site; corrected here."""

from django.contrib import admin
from django.http import HttpRequest

from coexist.common.admin_base import RecordedAdmin

from .. import services
from ..models import Offer


@admin.register(Offer)
class OfferAdmin(RecordedAdmin):
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

    def has_change_permission(self, request: HttpRequest, obj: Offer | None = None) -> bool:
        """One that another page keeps is corrected there."""
        return not (obj and obj.page) and super().has_change_permission(request, obj)

    def delete_model(self, request, obj) -> None:
        services.delete_offer(offer=obj, acting_user=request.user)

    def delete_queryset(self, request, queryset) -> None:
        for offer in queryset:
            services.delete_offer(offer=offer, acting_user=request.user)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        services.save_offer(offer=form.instance, skills=form.cleaned_data.get("skills"), acting_user=request.user)
