"""The administration: the queue of what the sides agree to publish, and the decision."""

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
from .desk import SHOWN, sides_of
from .enums import WITH_A_REASON
from .forms import DecisionForm
from .models import Achievement

register_waiting(
    _("Réalisations à publier"),
    count=lambda: Achievement.objects.waiting().count(),
    oldest=lambda: Achievement.objects.waiting().order_by("state_since").values_list("state_since", flat=True).first(),
    url="admin:achievements_achievement_changelist",
    query="?state__exact=waiting",
    permission="achievements.view_achievement",
)


@admin.register(Achievement)
class AchievementAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ["title", "actor_names", "state", "state_since", "decide_link"]
    list_filter = ["state", "year"]
    search_fields = ["title", "actor_names"]
    list_per_page = 50
    ordering = ["state_since"]

    def get_urls(self):
        name = "achievements_achievement_decide"
        return [
            path("<int:pk>/decision/", self.admin_site.admin_view(self.decide_view), name=name),
            *super().get_urls(),
        ]

    @admin.display(description=_("décision"))
    def decide_link(self, row: Achievement) -> str:
        address = reverse("admin:achievements_achievement_decide", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lire et décider"))

    def decide_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """What would be public, what each side says of it in private, and the decision."""
        if not rules.can_decide(request.user):
            raise PermissionDenied
        row = get_object_or_404(Achievement.objects.select_related("partnership"), pk=pk)
        form = DecisionForm(request.POST or None, initial={"seen_state": row.state, "seen_version": row.version})
        if request.method == "POST" and form.is_valid() and self._decided(request, row, form):
            return redirect("admin:achievements_achievement_changelist")
        row.refresh_from_db()
        context = {
            **self.admin_site.each_context(request), "opts": self.model._meta, "title": _("Réalisation : décider"),
            "achievement": row, "sides": sides_of(row, request.user), "form": form,
            "decisions": services.decisions_for(row), "with_a_reason": WITH_A_REASON,
            "changes": row.changes.select_related("by", "contribution__actor").reverse()[:SHOWN],
        }  # fmt: skip
        return render(request, "admin/achievements/decide.html", context)

    def _decided(self, request: MemberRequest, row: Achievement, form: DecisionForm) -> bool:
        try:
            services.decide(
                achievement=row, to=request.POST.get("to", ""), acting_user=request.user, **form.cleaned_data
            )
        except services.AchievementError as refused:
            self.message_user(request, str(refused), messages.WARNING)
            return False
        self.message_user(request, _("C'est décidé ; les deux parties sont prévenues."))
        return True

    def get_list_display_links(self, request: HttpRequest, list_display):
        return None
