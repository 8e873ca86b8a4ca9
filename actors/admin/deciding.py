"""One waiting profile on one page: what it says, what to check, the decision and its reason."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from .. import queue, rules, services
from ..changes import differences
from ..enums import ActorState
from ..models import Actor
from ..requests import MemberRequest
from .forms import DecisionForm, SnoozeForm

DECISIONS = {
    "approuver": ActorState.APPROVED,
    "a-completer": ActorState.CHANGES_ASKED,
    "refuser": ActorState.REFUSED,
    "suspendre": ActorState.SUSPENDED,
}
LABELS = {
    "approuver": _("Approuver"),
    "a-completer": _("Demander des compléments"),
    "refuser": _("Refuser"),
    "suspendre": _("Suspendre"),
}
DECISIONS_SHOWN = 10


class Deciding(admin.ModelAdmin):
    """The pages of the queue that concern one profile."""

    @admin.display(description=_("décision"))
    def decide_link(self, actor: Actor) -> str:
        if actor.is_approved and actor.changed_at:
            address = reverse("admin:actors_actor_changes", args=[actor.pk])
            return format_html('<a href="{}">{}</a>', address, _("Relire"))
        if actor.state != ActorState.WAITING:
            return ""
        return format_html('<a href="{}">{}</a>', decision_url(actor), _("Examiner"))

    @admin.display(description=_("décider"))
    def decide_links(self, actor: Actor) -> str:
        if actor.pk is None or actor.merged_into_id:
            return "—"
        links = [
            format_html('<a class="decision-link" href="{}">{}</a>', decision_url(actor, code), LABELS[code])
            for code, state in DECISIONS.items()
            if state != actor.state
        ]
        return format_html(" · ".join(["{}"] * len(links)), *links)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/decider/<slug:code>/", view(self.decide_view), name="actors_actor_decide"),
            path("<int:pk>/mettre-de-cote/", view(self.snooze_view), name="actors_actor_snooze"),
            path("<int:pk>/attribuer/", view(self.assign_view), name="actors_actor_assign"),
            *super().get_urls(),
        ]

    def decide_view(self, request: MemberRequest, pk: int, code: str) -> HttpResponse:
        if code not in DECISIONS:
            raise PermissionDenied
        actor, state = self._actor(request, pk), DECISIONS[code]
        form = DecisionForm(request.POST if request.method == "POST" else None, state=state, actor=actor)
        if request.method == "POST" and "fill" in request.POST:
            form = DecisionForm(state=state, actor=actor, initial=form.taken())
        elif request.method == "POST" and form.is_valid():
            return self._decided(request, actor, state, form)
        return self._page(request, actor, code, form=form)

    @method_decorator(require_POST)
    def snooze_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        actor = self._actor(request, pk)
        form = SnoozeForm({} if "back" in request.POST else request.POST)
        if not form.is_valid():
            return self._page(request, actor, "approuver", snooze=form)
        try:
            actor = queue.snooze(actor=actor, until=form.cleaned_data["until"], acting_user=request.user)
        except queue.QueueError as error:
            self.message_user(request, str(error), messages.WARNING)
            return redirect(decision_url(actor))
        self.message_user(request, _snoozed(actor), messages.SUCCESS)
        return redirect("admin:actors_actor_changelist")

    @method_decorator(require_POST)
    def assign_view(self, request: MemberRequest, pk: int) -> HttpResponse:
        """ "Me l'attribuer", or leave it to the others."""
        actor = self._actor(request, pk)
        seen = request.POST.get("seen", "")
        try:
            queue.assign(
                actor=actor, to=None if "leave" in request.POST else request.user, acting_user=request.user,
                seen=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
            )  # fmt: skip
        except queue.QueueError as error:
            self.message_user(request, str(error), messages.WARNING)
        return redirect(decision_url(actor))

    def _actor(self, request: MemberRequest, pk: int) -> Actor:
        if not rules.can_decide(request.user):
            raise PermissionDenied
        rows = Actor.objects.select_related("assigned_to", "merged_into").prefetch_related("offers__skills", "contacts")
        return get_object_or_404(rows.defer("vector", "stems", "search"), pk=pk)

    def _page(
        self, request: HttpRequest, actor: Actor, code: str, *, form: DecisionForm | None = None,
        snooze: SnoozeForm | None = None,
    ) -> HttpResponse:  # fmt: skip
        state = DECISIONS[code]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{actor} : {LABELS[code]}",
            "opts": self.model._meta,
            "actor": actor,
            "review": queue.reviews([actor])[0],
            "differences": differences(actor),
            "decisions": actor.decisions.select_related("by")[:DECISIONS_SHOWN],
            "form": form or DecisionForm(state=state, actor=actor),
            "snooze": snooze or SnoozeForm(initial={"until": actor.snoozed_until or SnoozeForm.suggested()}),
            "state": state,
            "code": code,
            "codes": [(other, LABELS[other]) for other in DECISIONS if DECISIONS[other] != actor.state],
        }
        return render(request, "admin/actors/decide.html", context)

    def _decided(self, request: MemberRequest, actor: Actor, state: ActorState, form: DecisionForm) -> HttpResponse:
        try:
            done = services.decide(
                actor=actor, state=state, reason=form.cleaned_data["reason"], acting_user=request.user,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except services.StateError as error:
            said = _("Ce profil a changé d'état entre-temps (%(state)s). Rien n'a été décidé : relisez-le.")
            self.message_user(request, said % {"state": error}, messages.WARNING)
            return redirect(request.path)
        if done is None:
            self.message_user(request, _("Quelqu'un venait de prendre la même décision."), messages.INFO)
        else:
            decided = _("%(actor)s : %(state)s.") % {"actor": actor, "state": state.label}
            self.message_user(request, decided, messages.SUCCESS)
        return redirect("admin:actors_actor_changelist")


def decision_url(actor: Actor, code: str = "approuver") -> str:
    return reverse("admin:actors_actor_decide", args=[actor.pk, code])


def _snoozed(actor: Actor) -> str:
    if actor.snoozed_until is None:
        return _("%(actor)s est de nouveau dans la file.") % {"actor": actor}
    day = actor.snoozed_until.strftime("%d/%m/%Y")
    return _("%(actor)s est mis de côté jusqu'au %(day)s.") % {"actor": actor, "day": day}
