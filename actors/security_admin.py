"""Second steps in the administration: a lost telephone is forgotten here; secrets are shown to nobody."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest

from coexist.common import audit_log
from coexist.common.admin_base import ReadOnlyAdmin


class AuthenticatorAdmin(ReadOnlyAdmin):
    """Deleting both rows of a person lets them in with the password alone, to begin anew."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email", "user__name"]
    list_select_related = ["user"]
    list_per_page = 50
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request, obj) -> None:
        audit_log.record("mfa.removed_by_staff", by=request.user.pk, person=obj.user_id, kind=obj.type)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for authenticator in queryset:
            self.delete_model(request, authenticator)


def take_over(site: admin.AdminSite) -> None:
    """In place of django-allauth's own pages, which show secrets, network addresses and browsers."""
    site.unregister([Authenticator, UserSession])
    site.register(Authenticator, AuthenticatorAdmin)
