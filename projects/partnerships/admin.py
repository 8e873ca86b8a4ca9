from django.contrib import admin
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from .models import Introduction
from .stuck.admin import ShowsStuckNeeds

register_waiting(
    _("Échanges que des structures vous demandent de lire"),
    count=lambda: Introduction.objects.help_asked().count(),
    oldest=lambda: Introduction.objects.help_asked().aggregate(first=Min("help_asked_at"))["first"],
    url="admin:partnerships_introduction_changelist",
    query="?help_asked_at__isempty=0",
    permission="partnerships.view_introduction",
)


@admin.register(Introduction)
class IntroductionAdmin(ShowsStuckNeeds, ReadOnlyAdmin):
    list_display = ["need", "actor", "side", "state", "created_at", "answered_at"]
    list_filter = ["state", "side", ("help_asked_at", admin.EmptyFieldListFilter)]
    search_fields = ["need__title", "actor__name"]
    list_select_related = ["need", "actor"]
    list_per_page = 50
