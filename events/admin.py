"""The administration: every event, in any state, and its dates to read."""

from django.contrib import admin
from django.http import HttpRequest

from coexist.common.admin_base import RecordedAdmin

from . import services
from .models import Event


@admin.register(Event)
class EventAdmin(RecordedAdmin):
    list_display = ["title", "organiser", "kind", "state", "starts_at"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "organiser__name", "city"]
    list_select_related = ["organiser"]
    list_per_page = 50
    date_hierarchy = "starts_at"
    readonly_fields = ["organiser", "state", "starts_at", "ends_at", "rule", "uid", "sequence", "created_by"]
    fields = [
        "title", "slug", "organiser", "state", "kind", "summary", "description", "starts_at", "ends_at", "rule",
        "place", "address", "postcode", "city", "country", "themes", "price", "cancelled_because", "uid", "sequence",
        "created_by",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written on the site, in the name of its organiser."""
        return False

    def save_model(self, request, obj, form, change) -> None:
        services.save_event(event=obj, acting_user=request.user)
