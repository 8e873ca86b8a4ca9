"""The administration: what waits to be published, what changed since, and the decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from actors.requests import MemberRequest
from coexist.common.admin_base import ReadOnlyAdmin, RecordedAdmin
from coexist.common.waiting import register_waiting

from . import rules, services
from .collections import admin as collections_admin  # noqa: F401 - registers
from .enums import DECISIONS, WITH_A_REASON, ResourceState
from .forms import DecisionForm
from .models import LoanRequest, Resource, ResourceFile
from .uploading import same_elsewhere

register_waiting(
    _("Ressources à publier"),
    count=lambda: Resource.objects.waiting().count(),
    oldest=lambda: Resource.objects.waiting().order_by("state_since").values_list("state_since", flat=True).first(),
    url="admin:mediatheque_resource_changelist",
    query="?state__exact=waiting",
    permission="mediatheque.view_resource",
)
register_waiting(
    _("Ressources publiées, modifiées depuis"),
    count=lambda: Resource.objects.changed().count(),
    oldest=lambda: Resource.objects.changed().order_by("changed_at").values_list("changed_at", flat=True).first(),
    url="admin:mediatheque_resource_changelist",
    query="?state__exact=published&changed_at__isempty=0",
    permission="mediatheque.view_resource",
)


@admin.register(Resource)
class ResourceAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ["title", "publisher", "kind", "state", "state_since", "changed_at", "decide_link"]
    list_filter = ["state", "kind", ("changed_at", admin.EmptyFieldListFilter)]
    search_fields = ["title", "authors", "publisher__name"]
    list_select_related = ["publisher"]
    list_per_page = 50
    ordering = ["state_since"]

    def get_urls(self):
        name = "mediatheque_resource_decide"
        return [
            path("<int:pk>/decision/", self.admin_site.admin_view(self.decide_view), name=name),
            *super().get_urls(),
        ]

    @admin.display(description=_("décision"))
    def decide_link(self, row: Resource) -> str:
        address = reverse("admin:mediatheque_resource_decide", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lire et décider"))

    def decide_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """What would be public, its files and what the worker says of them, and the decision."""
        if not rules.can_decide(request.user):
            raise PermissionDenied
        row = get_object_or_404(Resource.objects.select_related("publisher", "submitted_by"), pk=pk)
        form = DecisionForm(request.POST or None, initial={"seen": row.updated_at.isoformat()})
        if request.method == "POST" and form.is_valid() and self._decided(request, row, form):
            return redirect("admin:mediatheque_resource_changelist")
        row.refresh_from_db()
        files = list(row.files.current().order_by("position"))
        elsewhere = same_elsewhere(files, ResourceFile.objects.all())
        for file in files:
            file.same_as = elsewhere.get(file.pk)
        context = {
            **self.admin_site.each_context(request), "opts": self.model._meta, "title": _("Ressource : décider"),
            "resource": row, "files": files, "form": form, "with_a_reason": WITH_A_REASON,
            "decisions": [(code, ResourceState(code).label) for code in DECISIONS.get(row.state, ())],
        }  # fmt: skip
        return render(request, "admin/mediatheque/decide.html", context)

    def _decided(self, request: MemberRequest, row: Resource, form: DecisionForm) -> bool:
        try:
            services.decide(resource=row, to=request.POST.get("to", ""), acting_user=request.user, **form.cleaned_data)
        except services.ResourceError as refused:
            self.message_user(request, str(refused), messages.WARNING)
            return False
        self.message_user(request, _("C'est décidé ; l'acteur est prévenu."))
        return True

    def get_list_display_links(self, request: HttpRequest, list_display):
        return None


@admin.register(LoanRequest)
class LoanRequestAdmin(ReadOnlyAdmin):
    list_display = ["resource", "actor", "starts_on", "ends_on", "state", "created_at"]
    list_filter = ["state"]
    search_fields = ["resource__title", "actor__name", "resource__publisher__name"]
    list_select_related = ["resource", "actor"]
    list_per_page = 50
