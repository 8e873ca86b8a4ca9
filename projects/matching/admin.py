from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from .enums import Reader
from .models import MOST_ATTEMPTS, Match, MatchingDue, Refusal
from .reasons import explain
from .why_not_admin import ExplainsAbsence

register_waiting(
    _("Calculs arrêtés après trop d'essais"),
    count=lambda: MatchingDue.objects.filter(attempts__gte=MOST_ATTEMPTS).count(),
    url="admin:matching_matchingdue_changelist",
    query=f"?attempts__gte={MOST_ATTEMPTS}",
    permission="matching.view_matchingdue",
    is_trouble=True,
)


@admin.register(Match)
class MatchAdmin(ExplainsAbsence, ReadOnlyAdmin):
    list_display = ["need", "actor", "band", "is_current", "solicited_at", "interested_at"]
    list_filter = ["band", "is_current"]
    search_fields = ["need__title", "actor__name"]
    list_select_related = ["need", "actor"]
    list_per_page = 50
    fields = [
        "need", "actor", "offer", "band", "why", "doubt", "is_current", "version", "announced_at", "solicited_at",
        "interested_at", "created_at", "updated_at",
    ]  # fmt: skip

    @admin.display(description=_("Pourquoi cet acteur ?"))
    def why(self, match: Match) -> str:
        return format_html_join(
            "", "<div>{}</div>", ((sentence,) for sentence in explain(match, Reader.ANIMATOR).reasons)
        )

    @admin.display(description=_("À vérifier"))
    def doubt(self, match: Match) -> str:
        return explain(match, Reader.ANIMATOR).doubt


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    list_display = ["need", "actor", "by_actor", "reason", "created_at"]
    list_filter = ["reason", "by_actor"]
    list_select_related = ["need", "actor"]
    list_per_page = 50


@admin.register(MatchingDue)
class MatchingDueAdmin(ReadOnlyAdmin):
    list_display = ["subject", "subject_id", "asked_at", "attempts", "error"]
    list_per_page = 50
