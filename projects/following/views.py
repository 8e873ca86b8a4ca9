"""A partnership for its parties: its page, and the steps that they take there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.requests import MemberRequest
from coexist.common.lists import page_query
from coexist.common.panels import panels_for
from projects.partnerships.models import Introduction

from . import rules, services
from .forms import DocumentForm, MilestoneForm, NoteForm, PartyForm, PlanForm, StageForm
from .models import Milestone, Partnership

PAGE = 24
SHOWN = 50  # notes, documents, changes on the page


@require_safe
def partnership_list(request: MemberRequest) -> HttpResponse:
    """One's own, what is overdue first."""
    rows = Partnership.objects.of_member(request.user).urgent_first().with_card_data()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "page_query": page_query(request), "is_animator": rules.is_animator(request.user)}
    return render(request, "following/list.html", context)


@require_POST
def start(request: MemberRequest, pk: int) -> HttpResponse:
    """From an accepted introduction; a second click leads to the same partnership."""
    seen = Introduction.objects.visible_to(request.user).select_related("need__project__lead", "actor")
    introduction = get_object_or_404(seen, pk=pk)
    existing = Partnership.objects.visible_to(request.user).filter(introduction=introduction).first()
    if existing is not None:
        return redirect(existing)
    if not rules.can_open_from(request.user, introduction):
        raise PermissionDenied
    partnership, _new = services.open_from(introduction=introduction, acting_user=request.user)
    messages.success(request, _("Le partenariat est ouvert : notez-y la prochaine étape."))
    return redirect(partnership)


@require_safe
def partnership_detail(request: MemberRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@require_POST
def stage(request: MemberRequest, pk: int) -> HttpResponse:
    partnership = _workable(request, pk)
    form = StageForm(request.POST, stage=partnership.stage)
    if not form.is_valid():
        return _show(request, partnership, stage=form)
    try:
        services.change_stage(partnership=partnership, acting_user=request.user, **form.cleaned_data)
        messages.success(request, _("C'est noté."))
    except services.PartnershipError as refused:
        messages.error(request, str(refused))
    return redirect(partnership)


@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Title, next step, people in charge."""
    partnership = _workable(request, pk)
    form = PlanForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if not name.startswith("person_")}
        try:
            services.plan(partnership=partnership, people=form.people, acting_user=request.user, **data)
            return redirect(partnership)
        except services.PartnershipError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, partnership, form, _("Prochaine étape et personnes en charge"))


@require_http_methods(["GET", "POST"])
def party(request: MemberRequest, pk: int) -> HttpResponse:
    """One more actor: the animators add it."""
    partnership = _visible(request, pk)
    if not rules.can_animate(request.user):
        raise PermissionDenied
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_party(partnership=partnership, actor=form.cleaned_data["actor"], acting_user=request.user)
            return redirect(partnership)
        except services.PartnershipError as refused:
            form.add_error(None, str(refused))
    return _form_page(request, partnership, form, _("Ajouter un acteur"))


@require_POST
def note(request: MemberRequest, pk: int) -> HttpResponse:
    partnership = _workable(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, partnership, note=form)
    services.add_note(partnership=partnership, acting_user=request.user, **form.cleaned_data)
    return redirect(partnership)


@require_POST
def document(request: MemberRequest, pk: int) -> HttpResponse:
    partnership = _workable(request, pk)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, partnership, document=form)
    services.add_document(partnership=partnership, acting_user=request.user, **form.cleaned_data)
    messages.success(request, _("Le document est déposé."))
    return redirect(partnership)


@require_http_methods(["GET", "POST"])
def milestone_create(request: MemberRequest, pk: int) -> HttpResponse:
    return _milestone(request, Milestone(partnership=_workable(request, pk)))


@require_http_methods(["GET", "POST"])
def milestone_edit(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Milestone.objects.visible_to(request.user).select_related("partnership")
    milestone = get_object_or_404(seen, pk=pk)
    _workable(request, milestone.partnership_id)
    return _milestone(request, milestone)


def _milestone(request: MemberRequest, milestone: Milestone) -> HttpResponse:
    form = MilestoneForm(request.POST or None, instance=milestone)
    if request.method == "POST" and form.is_valid():
        if not milestone.pk:
            form.instance.form_key = form.cleaned_data["form_key"]
        services.save_milestone(milestone=form.instance, acting_user=request.user)
        return redirect(milestone.partnership)
    return _form_page(request, milestone.partnership, form, _("Jalon"))


def _visible(request: MemberRequest, pk: int) -> Partnership:
    seen = Partnership.objects.visible_to(request.user).with_overdue().with_card_data()
    return get_object_or_404(seen.select_related("animator", "next_person", "need", "introduction"), pk=pk)


def _workable(request: MemberRequest, pk: int) -> Partnership:
    partnership = _visible(request, pk)
    if not rules.can_work_on(request.user, partnership):
        raise PermissionDenied
    return partnership


def _form_page(request: MemberRequest, partnership: Partnership, form: Form, heading: str) -> HttpResponse:
    return render(request, "following/form.html", {"form": form, "partnership": partnership, "heading": heading})


def _show(request: MemberRequest, partnership: Partnership, **refused: Form) -> HttpResponse:
    """The page; `refused` are forms sent with a mistake, shown again with what was typed."""
    context: dict[str, Any] = {
        "partnership": partnership,
        "can_work": rules.can_work_on(request.user, partnership),
        "can_animate": rules.can_animate(request.user),
        "milestones": partnership.milestones.all()[:SHOWN],
        "notes": partnership.notes.select_related("by")[:SHOWN],
        "documents": partnership.documents.select_related("by")[:SHOWN],
        "agreements": partnership.agreements.all()[:SHOWN],
        "changes": partnership.changes.select_related("by").reverse()[:SHOWN],
        "panels": panels_for("partnership", partnership, request.user),
    }
    if context["can_work"]:
        context |= {
            "stage_form": refused.get("stage") or StageForm(stage=partnership.stage),
            "note_form": refused.get("note") or NoteForm(),
            "document_form": refused.get("document") or DocumentForm(auto_id="id_document_%s"),
            "refused": next(iter(refused.values()), None),
        }
    return render(request, "following/detail.html", context)
