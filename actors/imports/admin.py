"""Where animators find imports, exports, and the people still to be told."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from . import export_views, views
from .enums import OPEN, WORKING
from .models import ImportRun, Provenance

register_waiting(
    _("Contacts importés à informer"),
    count=lambda: Provenance.objects.to_tell().count(),
    oldest=lambda: Provenance.objects.to_tell().values_list("created_at", flat=True).first(),
    url="admin:imports_provenance_tell",
    permission="imports.change_provenance",
)
register_waiting(
    _("Imports à terminer"),
    count=lambda: ImportRun.objects.filter(state__in=[*OPEN, *WORKING]).count(),
    url="admin:imports_importrun_changelist",
    permission="imports.change_importrun",
)


class LayoutConverter:
    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(LayoutConverter, "layout")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    change_list_template = "admin/imports/runs.html"
    list_display = ["file_name", "source", "state", "created_by", "created_at", "finished_at", "go_on"]
    list_filter = ["state"]
    search_fields = ["file_name", "source"]
    list_select_related = ["created_by"]
    list_per_page = 50
    fields = ["file_name", "file_note", "source", "obtained_on", "state", "created_by", "created_at", "finished_at",
              "error", "go_on"]  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        people = Provenance.objects.to_tell()
        return super().changelist_view(request, {"to_tell": people.count(), "late": people.late().count()})

    @admin.display(description=_("suite"))
    def go_on(self, run: ImportRun) -> str:
        return format_html('<a href="{}">{}</a>', views.step_url(run, "progress"), _("Ouvrir"))

    def get_urls(self) -> list[URLPattern]:
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("nouveau/", views.upload, "upload"),
            ("exporter/", export_views.export, "export"),
            ("modele.<layout:layout>", export_views.model_sheet, "model"),
            ("<int:pk>/fichier/", views.replace, "replace"),
            ("<int:pk>/colonnes/", views.mapping, "mapping"),
            ("<int:pk>/relire/", views.preview, "preview"),
            ("<int:pk>/relire/tout/", views.decide_rest, "rest"),
            ("<int:pk>/a-corriger.csv", views.problems, "problems"),
            ("<int:pk>/importer/", views.launch, "launch"),
            ("<int:pk>/suivi/", views.progress, "progress"),
            ("<int:pk>/abandonner/", views.abandon, "abandon"),
        ]
        wrap = self.admin_site.admin_view
        return [*(path(route, wrap(view), name=f"imports_importrun_{name}") for route, view, name in own),
                *super().get_urls()]  # fmt: skip


class ToTellFilter(admin.SimpleListFilter):
    title = _("information")
    parameter_name = "information"

    def lookups(self, request, model_admin):
        return [("a-faire", _("à informer")), ("en-retard", _("en retard"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        waiting = Provenance.objects.to_tell()
        return queryset.filter(pk__in=waiting.late() if self.value() == "en-retard" else waiting)


@admin.register(Provenance)
class ProvenanceAdmin(ReadOnlyAdmin):
    list_display = ["actor", "source", "obtained_on", "tell_before", "told_at", "objected_at", "erased_at"]
    list_filter = [ToTellFilter, "is_new"]
    search_fields = ["actor__name", "source"]
    list_select_related = ["actor"]
    list_per_page = 50
    fields = ["actor", "run", "source", "obtained_on", "is_new", "personal", "told_at", "told_by", "objected_at",
              "erased_at", "created_at"]  # fmt: skip

    @admin.display(description=_("à informer avant le"))
    def tell_before(self, provenance: Provenance):
        return provenance.tell_before if provenance.told_at is None and provenance.personal else "—"

    def get_urls(self) -> list[URLPattern]:
        tell = self.admin_site.admin_view(views.tell)
        return [path("informer/", tell, name="imports_provenance_tell"), *super().get_urls()]
