"""Approving several waiting profiles at once: shown first, each with what should be looked at."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import queue, rules
from ..enums import ActorState
from ..models import Actor, Offer
from ..requests import MemberRequest

BIGGEST_KEY = 2**63 - 1


class ApprovingTogether(admin.ModelAdmin):
    @admin.action(description=_("Approuver les profils choisis…"), permissions=["change"])
    def approve_together(self, request: HttpRequest, queryset: QuerySet[Actor]) -> HttpResponse:
        """Nothing is done here: the next page shows what would be approved, and asks."""
        chosen = queryset.filter(state=ActorState.WAITING).order_by("submitted_at", "pk")
        keys = ",".join(map(str, chosen.values_list("pk", flat=True)[: queue.AT_ONCE]))
        return redirect(f"{reverse('admin:actors_actor_approve_together')}?ids={keys}")

    def get_urls(self):
        page = self.admin_site.admin_view(self.approve_together_view)
        return [path("approuver-ensemble/", page, name="actors_actor_approve_together"), *super().get_urls()]

    def approve_together_view(self, request: MemberRequest) -> HttpResponse:
        if not rules.can_decide(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self._approved(request, _waiting(request.POST.getlist("actor")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Approuver plusieurs profils"),
            "opts": self.model._meta,
            "reviews": queue.reviews(_waiting(request.GET.get("ids", "").split(","))),
        }
        return render(request, "admin/actors/together.html", context)

    def _approved(self, request: MemberRequest, actors: QuerySet[Actor]) -> HttpResponse:
        approved, left_out = queue.approve_together(actors=actors, acting_user=request.user)
        done = ngettext("%(count)d profil approuvé.", "%(count)d profils approuvés.", len(approved))
        level = messages.SUCCESS if approved else messages.WARNING
        self.message_user(request, done % {"count": len(approved)}, level)
        if left_out:
            names = ", ".join(actor.name for actor in left_out)
            self.message_user(request, _("Déjà décidés entre-temps : %(names)s.") % {"names": names}, messages.INFO)
        return redirect("admin:actors_actor_changelist")


def _waiting(keys: Iterable[str]) -> QuerySet[Actor]:
    """Profiles of these keys that still wait, the longest wait first; what is no key is left out."""
    known = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 20]
    rows = Actor.objects.filter(pk__in=[key for key in known if key <= BIGGEST_KEY], state=ActorState.WAITING)
    rows = (
        rows.defer("vector", "stems", "search")
        .prefetch_related(Prefetch("offers", Offer.objects.only("title", "actor")))
        .order_by("submitted_at", "pk")
    )
    return rows[: queue.AT_ONCE]
