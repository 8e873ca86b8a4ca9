"""The animators' pages for needs without a taker."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actors.requests import MemberRequest
from coexist.common.waiting import register_waiting
from projects.matching.why_not_admin import WhyNotForm, picked
from projects.models import Need

from . import services
from .forms import ClosingForm, ProposeForm
from .needs import DAYS, actors_asked, between, days_open, step_of, stuck_needs, tried_for, with_tries

A_PAGE = 50
LABELS = {
    9: _("Besoins sans preneur depuis 9 jours"),
    21: _("Besoins sans preneur depuis 21 jours"),
    45: _("Besoins sans preneur depuis 45 jours : trouver quelqu'un, ou le dire"),
}
HONEST = _(
    "Bonjour,\n\nVotre besoin « %(need)s » est ouvert depuis %(days)d jours. Nous avons écrit à %(asked)d "
    "structures, et nous n'avons pas trouvé. Nous préférons vous le dire que vous laisser attendre : nous fermons ce "
    "besoin aujourd'hui.\n\nVous pouvez le publier de nouveau, avec un titre plus précis, d'autres dates ou d'autres "
    "modalités ; nous chercherons encore avec vous.\n\n%(person)s, pour l'équipe d'animation"
)


def _register(days: int) -> None:
    register_waiting(
        LABELS[days],
        count=lambda: between(days).count(),
        oldest=lambda: between(days).values_list("published_at", flat=True).first(),
        url="admin:partnerships_introduction_stuck",
        query=f"?jours={days}",
        permission="projects.view_need",
    )


for _days in reversed(DAYS):
    _register(_days)


class ShowsStuckNeeds(admin.ModelAdmin):
    """For the admin of introductions."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"partnerships_introduction_{name}")

        return [
            page("besoins-sans-preneur/", self.stuck_view, "stuck"),
            page("besoins-sans-preneur/<int:pk>/", self.stuck_need_view, "stuck_need"),
            page("besoins-sans-preneur/<int:pk>/clore/", self.close_view, "stuck_close"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def stuck_view(self, request: HttpRequest) -> HttpResponse:
        _may(request, "projects.view_need")
        asked = request.GET.get("jours")
        days = next((days for days in DAYS if str(days) == asked), None)
        needs = with_tries(between(days) if days else stuck_needs())
        found = Paginator(needs, A_PAGE).get_page(request.GET.get("p"))
        rows = [(need, days_open(need), step_of(need)) for need in found]
        context = {"title": _("Besoins sans preneur"), "page": found, "rows": rows, "days": days, "steps": DAYS}
        return self._render(request, "admin/partnerships/stuck.html", context)

    def stuck_need_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """What was tried, and who might be asked still. A POST asks one actor."""
        _may(request, "projects.view_need")
        need = _need(pk)
        if request.method == "POST":
            _may(request, "projects.change_need")
            self._propose(request, need)
            return redirect("admin:partnerships_introduction_stuck_need", pk)
        form = WhyNotForm(request.GET)
        chosen, found = picked(form) if form.is_valid() else (None, [])
        context = {
            "title": _("Besoin sans preneur"), "need": need, "days": days_open(need), "tried": tried_for(need),
            "is_open": need.is_open, "form": form, "found": [chosen] if chosen else found,
            "may_act": request.user.has_perm("projects.change_need"),
        }  # fmt: skip
        return self._render(request, "admin/partnerships/stuck_need.html", context)

    def close_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """Written, read again, sent: only the last closes the need."""
        _may(request, "projects.change_need")
        need = _need(pk)
        honest = HONEST % {
            "need": need.title, "days": days_open(need), "asked": actors_asked(need), "person": request.user.name,
        }  # fmt: skip
        form = ClosingForm(request.POST or None, initial={"text": honest})
        if request.method == "POST" and form.is_valid() and "send" in request.POST:
            try:
                services.close_unanswered(need=need, text=form.cleaned_data["text"], acting_user=request.user)
            except services.StuckError as refused:
                self.message_user(request, str(refused), messages.WARNING)
            else:
                self.message_user(request, _("Le besoin est clos ; l'équipe du projet est prévenue."))
            return redirect("admin:partnerships_introduction_stuck")
        context = {
            "title": _("Dire que nous n'avons pas trouvé"), "need": need, "form": form,
            "preview": form.cleaned_data["text"] if form.is_bound and form.is_valid() else "",
        }  # fmt: skip
        return self._render(request, "admin/partnerships/stuck_close.html", context)

    def _propose(self, request: MemberRequest, need: Need) -> None:
        form = ProposeForm(request.POST)
        if not form.is_valid():
            self.message_user(request, _("Choisissez un acteur de la liste."), messages.WARNING)
            return
        actor = form.cleaned_data["actor"]
        try:
            services.propose(need=need, actor=actor, acting_user=request.user)
        except services.StuckError as refused:
            self.message_user(request, f"{actor} : {refused}", messages.WARNING)
        else:
            self.message_user(request, _("%(actor)s est sollicité.") % {"actor": actor})

    def _render(self, request: HttpRequest, template: str, context: dict) -> HttpResponse:
        return render(request, template, {**self.admin_site.each_context(request), "opts": self.model._meta, **context})


def _may(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _need(pk: int) -> Need:
    return get_object_or_404(Need.objects.select_related("project__lead").exclude(published_at=None), pk=pk)
