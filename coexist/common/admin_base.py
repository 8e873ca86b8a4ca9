"""Admin classes shared by all apps."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from coexist.common.story import story


class RecordedAdmin(admin.ModelAdmin):
    """For models whose versions are kept (common/history.py): "Historique" tells each change and its reason."""

    def histories(self, obj: Any) -> Sequence[QuerySet]:
        """Versions to tell: the record's own, and of what belongs to it."""
        return [type(obj).history.filter(id=obj.pk)]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.model._meta, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historique : %(record)s") % {"record": obj},
            "opts": self.model._meta,
            "object": obj,
            "rows": story(self.histories(obj), request.GET.get("page")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)


class ReadOnlyAdmin(admin.ModelAdmin):
    """For records that the software writes: seen, searched, never edited by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
