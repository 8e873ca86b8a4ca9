"""In the administration: what an approved actor changed since it was seen, and taking the new version for seen."""

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import rules, services
from ..changes import differences, mark_of, snapshot
from ..models import Actor
from ..requests import MemberRequest


class ChangesMixin(ModelAdmin):
    """For the admin of actors: a field that counts the changes, and the page that shows them."""

    @admin.display(description=_("modifié depuis la validation"))
    def changes(self, actor: Actor) -> str:
        if not actor.is_approved or actor.changed_at is None:
            return "—"
        count = len(differences(actor))
        told = ngettext("%(count)d différence", "%(count)d différences", count) % {"count": count}
        return format_html('<a href="{}">{}</a>', self.changes_url(actor), told if count else _("Relire le profil"))

    def changes_url(self, actor: Actor) -> str:
        return reverse("admin:actors_actor_changes", args=[actor.pk])

    def get_urls(self):
        changes = self.admin_site.admin_view(self.changes_view)
        return [path("<int:pk>/modifications/", changes, name="actors_actor_changes"), *super().get_urls()]

    def changes_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """Before and after, line by line; a button says that it was seen."""
        if not rules.can_decide(request.user):
            raise PermissionDenied
        actor = get_object_or_404(Actor, pk=pk)
        if request.method == "POST":
            return self._seen(request, actor)
        version = snapshot(actor)
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(actor)s : ce qui a changé") % {"actor": actor},
            "actor": actor,
            "differences": differences(actor, version),
            "mark": mark_of(version),
            "opts": self.model._meta,
        }
        return render(request, "admin/actors/changes.html", context)

    def _seen(self, request: MemberRequest, actor: Actor) -> HttpResponse:
        try:
            services.accept_changes(actor=actor, mark=request.POST.get("mark", ""), acting_user=request.user)
        except services.StateError:
            self.message_user(
                request, _("Ce profil vient encore de changer : relisez-le avant de confirmer."), messages.WARNING
            )
            return redirect("admin:actors_actor_changes", actor.pk)
        self.message_user(request, _("%(actor)s : version vue.") % {"actor": actor}, messages.SUCCESS)
        return redirect("admin:actors_actor_changelist")
