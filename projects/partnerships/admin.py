from django.contrib import admin

from coexist.common.admin_base import ReadOnlyAdmin

from .models import Introduction


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    list_display = ["need", "actor", "side", "state", "created_at", "answered_at"]
    list_filter = ["state", "side"]
    search_fields = ["need__title", "actor__name"]
    list_select_related = ["need", "actor"]
    list_per_page = 50
