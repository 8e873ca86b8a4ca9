"""The taxonomy."""

from django.contrib import admin

from ..models import Skill


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    list_display = ["name_fr", "name_en", "parent", "code"]
    list_filter = ["parent"]
    search_fields = ["name_fr", "name_en", "code"]
    list_select_related = ["parent"]
    list_per_page = 100
