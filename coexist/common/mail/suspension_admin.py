"""Animators see which addresses get no mail, add those that bounce later, and lift suspensions."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coexist.common.admin_base import ReadOnlyAdmin
from coexist.common.waiting import register_waiting

from .suspension import SuspendedAddress, release

register_waiting(
    _("Adresses suspendues"),
    count=lambda: SuspendedAddress.objects.standing().count(),
    url="admin:common_suspendedaddress_changelist",
    query="?state=standing",
    permission="common.view_suspendedaddress",
    is_trouble=True,
)


class StandingFilter(admin.SimpleListFilter):
    title = _("état")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("standing", _("suspendue")), ("released", _("rétablie"))]

    def queryset(self, request, queryset):
        return queryset.filter(released_at__isnull=self.value() == "standing") if self.value() else queryset


@admin.register(SuspendedAddress)
class SuspendedAddressAdmin(ReadOnlyAdmin):
    """Added by hand: addresses whose refusal came back as a mail, which CoExist does not read."""

    list_display = ["address", "reason", "since", "released_at", "released_by"]
    list_filter = [StandingFilter]
    list_select_related = ["released_by"]
    search_fields = ["address"]
    list_per_page = 50
    actions = ["lift"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request, obj=None):
        return self.list_display if obj else ["address", "reason"]

    @admin.action(description=_("Écrire de nouveau à ces adresses"), permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[SuspendedAddress]) -> None:
        done = sum(release(row.address, acting_user=request.user) for row in queryset.standing())  # type: ignore[attr-defined]
        told = ngettext("%(done)d adresse rétablie.", "%(done)d adresses rétablies.", done) % {"done": done}
        self.message_user(request, told, messages.SUCCESS if done else messages.WARNING)

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("common.change_suspendedaddress")
