"""A request for help, for both its sides: asking, its page, and the steps taken there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors import current
from actors.models import Actor
from actors.requests import MemberRequest
from coexist.common.limits import SUPPORT_REQUESTS, limited
from coexist.common.lists import page_query
from projects.following.forms import NoteForm
from projects.following.models import Partnership
from projects.models import Project

from . import rules, services
from .buttons import buttons
from .forms import AskForm, ConfirmForm, ExpertForm, FinishForm, MoveForm, PlanForm
from .models import SupportRequest
from .querysets import experts
from .states import HELPED, Side, SupportState, moves_of

PAGE = 24
SHOWN = 50  # notes and decisions on the page


@require_safe
def support_list(request: MemberRequest) -> HttpResponse:
    """One's own, of both sides, what is overdue first."""
    rows = SupportRequest.objects.of_member(request.user).urgent_first().with_card_data()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "page_query": page_query(request), "is_animator": rules.is_animator(request.user)}
    return render(request, "support/list.html", context)


@require_http_methods(["GET", "POST"])
@limited(SUPPORT_REQUESTS)
def ask(request: MemberRequest) -> HttpResponse:
    """Of the animators, or of the expert that the address names."""
    own = list(rules.may_ask_for(request.user).only("name", "slug"))
    if not own:
        return render(request, "support/ask_not_yet.html")
    expert = _expert(request)
    at_work = current.current_actor(request)
    initial = {"actor": at_work if at_work in own else own[0], "kind": request.GET.get("kind")}
    actors = rules.may_ask_for(request.user).only("name").order_by("name_key", "pk")
    form = AskForm(request.POST or None, actors=actors, expert=expert, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            support, is_new = services.ask(expert=expert, acting_user=request.user, **form.cleaned_data)
        except services.SupportError as refused:
            form.add_error(None, str(refused))
        else:
            if is_new:
                messages.success(request, _("Votre demande est partie. Vous suivez ici ce qu'elle devient."))
            return redirect(support)
    context = {"form": form, "expert": expert, "most": rules.MOST_OPEN}
    return render(request, "support/ask.html", context)


@require_safe
def support_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Every decision that takes no more than a reason, or an expert."""
    support, sides = _mine(request, pk)
    asks = request.POST.get("to") == SupportState.ASKED
    form = ExpertForm(request.POST, support=support) if asks else MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, support, refused=form)
    try:
        services.move(support=support, acting_user=request.user, **form.cleaned_data)
    except services.SupportError as refused:
        if form.cleaned_data["seen"] != support.turn or sides == set():
            messages.error(request, str(refused))
            return redirect("support-list" if _is_gone(request, pk) else support)
        form.add_error(None if asks else "why", str(refused))
        return _show(request, support, refused=form)
    messages.success(request, _("C'est noté."))
    return redirect("support-list" if _is_gone(request, pk) else support)


@require_http_methods(["GET", "POST"])
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    """Who helped says what was done."""
    support, sides = _mine(request, pk)
    if not sides & {Side.EXPERT, Side.ANIMATOR}:
        raise PermissionDenied
    initial = {"seen": support.turn, "done": support.done, "reference": support.reference}
    form = FinishForm(request.POST or None, for_expert=Side.EXPERT in sides, initial=initial)
    return _step(request, support, form, services.finish, "support/finish.html", SupportState.DONE, sides)


@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Who asked says that it was done, and may agree to be named."""
    support, sides = _mine(request, pk)
    if Side.ASKER not in sides:
        raise PermissionDenied
    shown = bool(support.reference and support.expert_id)
    form = ConfirmForm(request.POST or None, has_reference=shown, initial={"seen": support.turn})
    return _step(request, support, form, services.confirm, "support/confirm.html", SupportState.CONFIRMED, sides)


@require_POST
def reference(request: MemberRequest, pk: int) -> HttpResponse:
    """Each side shows the reference, or shows it no more."""
    support, sides = _mine(request, pk)
    if not sides & {Side.ASKER, Side.EXPERT}:
        raise PermissionDenied
    try:
        services.show_reference(support=support, shows="show" in request.POST, acting_user=request.user)
        messages.success(request, _("C'est noté."))
    except services.SupportError as refused:
        messages.error(request, str(refused))
    return redirect(support)


@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Next step, until when, by whom."""
    support, sides = _mine(request, pk)
    if not rules.working_sides(sides, support):
        return redirect(support)
    form = PlanForm(request.POST or None, support=support, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.plan(support=support, acting_user=request.user, **form.cleaned_data)
            return redirect(support)
        except services.SupportError as refused:
            form.add_error(None, str(refused))
    return render(request, "support/plan.html", {"form": form, "support": support})


@require_POST
def note(request: MemberRequest, pk: int) -> HttpResponse:
    support, _sides = _mine(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, support, refused=form)
    try:
        services.add_note(support=support, acting_user=request.user, **form.cleaned_data)
    except services.SupportError as refused:
        messages.error(request, str(refused))
    return redirect(support)


def _step(
    request: MemberRequest, support: SupportRequest, form: Form, write: Callable, template: str, to: str,
    sides: set[Side],
) -> HttpResponse:  # fmt: skip
    """A decision with a page of its own; where the request has moved on, its page says so."""
    if request.method == "POST" and form.is_valid():
        try:
            write(support=support, acting_user=request.user, **form.cleaned_data)
            messages.success(request, _("C'est noté."))
        except services.SupportError as refused:
            messages.error(request, str(refused))
        return redirect(support)
    if to not in moves_of(support.state, sides):
        return redirect(support)
    return render(request, template, {"form": form, "support": support})


def _expert(request: MemberRequest) -> Actor | None:
    slug = request.GET.get("expert", "")
    return get_object_or_404(experts().without_index(), slug=slug) if slug else None


def _visible(request: MemberRequest, pk: int) -> SupportRequest:
    seen = SupportRequest.objects.visible_to(request.user).with_overdue().with_card_data()
    return get_object_or_404(seen.select_related("actor", "expert", "animator", "next_person"), pk=pk)


def _is_gone(request: MemberRequest, pk: int) -> bool:
    """Who declines sees it no more."""
    return not SupportRequest.objects.visible_to(request.user).filter(pk=pk).exists()


def _mine(request: MemberRequest, pk: int) -> tuple[SupportRequest, set[Side]]:
    support = _visible(request, pk)
    sides = rules.sides_of(request.user, support)
    if not sides:
        raise PermissionDenied
    return support, sides


def _show(request: MemberRequest, support: SupportRequest, *, refused: Form | None = None) -> HttpResponse:
    """The page; `refused` is a form sent with a mistake, shown again with what was typed."""
    sides = rules.sides_of(request.user, support)
    may = moves_of(support.state, sides)
    context: dict[str, Any] = {
        "support": support,
        "sides": sides,
        "can_work": bool(rules.working_sides(sides, support)),
        "buttons": buttons(support, sides, may, refused),
        "can_finish": SupportState.DONE in may,
        "can_confirm": SupportState.CONFIRMED in may,
        "can_show": support.state in HELPED and bool(support.reference and sides & {Side.ASKER, Side.EXPERT}),
        "expert_form": None,
        "note_form": refused if isinstance(refused, NoteForm) else NoteForm(),
        "notes": support.notes.select_related("by")[:SHOWN],
        "changes": support.changes.select_related("by", "expert").reverse()[:SHOWN],
        "project": support.project,
        "sees_project": _sees(Project, support.project_id, request),
        "sees_partnership": _sees(Partnership, support.partnership_id, request),
        "refused": refused,
    }
    if SupportState.ASKED in may:
        initial = {"seen": support.turn, "to": SupportState.ASKED}
        is_own = isinstance(refused, ExpertForm)
        context["expert_form"] = refused if is_own else ExpertForm(support=support, initial=initial)
    return render(request, "support/detail.html", context)


def _sees(model: Any, key: int | None, request: MemberRequest) -> bool:
    return key is not None and model.objects.visible_to(request.user).filter(pk=key).exists()
