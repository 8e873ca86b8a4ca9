from django.contrib import admin
from django.http import HttpRequest

from coexist.common.admin_base import RecordedAdmin

from . import services
from .models import Need, Project


class NeedInline(admin.TabularInline):
    model = Need
    fields = ["title", "kind", "state", "published_at"]
    readonly_fields = ["title", "kind", "state", "published_at"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Project)
class ProjectAdmin(RecordedAdmin):
    list_display = ["title", "lead", "stage", "state", "published_at"]
    list_filter = ["state", "stage"]
    search_fields = ["title", "lead__name"]
    list_select_related = ["lead"]
    list_per_page = 50
    inlines = [NeedInline]
    readonly_fields = ["lead", "state", "published_at", "created_by"]
    fields = [
        "title", "slug", "lead", "state", "summary", "description", "stage", "territories", "themes", "languages",
        "created_by", "published_at",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written on the site, in the name of its lead actor."""
        return False

    def save_model(self, request, obj, form, change) -> None:
        services.save_project(project=obj, acting_user=request.user)


@admin.register(Need)
class NeedAdmin(RecordedAdmin):
    change_form_template = "admin/projects/need.html"  # asks "Pourquoi pas cet acteur ?"
    list_display = ["title", "project", "kind", "state", "published_at"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "project__title"]
    list_select_related = ["project"]
    list_per_page = 50
    readonly_fields = ["project", "state", "published_at"]
    fields = [
        "title", "project", "state", "detail", "kind", "modes", "skills", "quantity", "starts_on", "ends_on",
        "published_at",
    ]  # fmt: skip
    autocomplete_fields = ["skills"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written on the site, in the name of its project's lead."""
        return False

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        services.save_need(need=form.instance, skills=form.cleaned_data.get("skills"), acting_user=request.user)
