"""People and their rights."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from coexist.common import audit_log

from ..joining import members
from ..models import User


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    add_form = AdminUserCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Personne"), {"fields": ["name", "language", "digest"]}),
        (_("Droits"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups"]

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser hands out rights: a group alone must not let its members rise above it."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*super().get_readonly_fields(request, obj), *rights]

    def has_change_permission(self, request, obj=None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        """Closing an account may leave an actor without an owner."""
        orphans = members.owned_by_nobody_else(obj) if change and not obj.is_active else []
        super().save_model(request, obj, form, change)
        members.announce_ownerless(orphans)
        audit_log.record("account.changed", person=obj.pk, by=request.user.pk)

    def delete_model(self, request, obj) -> None:
        orphans = members.owned_by_nobody_else(obj)
        audit_log.record("account.deleted", person=obj.pk, by=request.user.pk)
        super().delete_model(request, obj)
        members.announce_ownerless(orphans)

    def delete_queryset(self, request, queryset) -> None:
        for person in queryset:
            self.delete_model(request, person)
