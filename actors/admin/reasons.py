"""Reasons given often."""

from django.contrib import admin

from ..models import ReasonTemplate


@admin.register(ReasonTemplate)
class ReasonTemplateAdmin(admin.ModelAdmin):
    list_display = ["title", "decision", "text"]
    list_filter = ["decision"]
    search_fields = ["title", "text"]
    list_per_page = 50
