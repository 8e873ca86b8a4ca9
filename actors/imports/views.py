"""The steps of an import, as pages of the administration; each may be reloaded, left and come back to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coexist.common.jobs import enqueue_on_commit

from ..requests import MemberRequest
from . import notices, review, rules, services, tasks, work
from .enums import WORKING, RunState
from .forms import FileForm, LaunchForm, MappingForm, RestForm, UploadForm
from .models import ImportRun, Provenance

# A small file is done before its page is shown; what takes longer is the worker's.
AT_ONCE = 3.0  # seconds
PEOPLE_ON_PAGE = 100
STEPS = {
    RunState.MAPPING: "mapping", RunState.CHECKING: "progress", RunState.REVIEW: "preview",
    RunState.WRITING: "progress", RunState.DONE: "progress", RunState.ABANDONED: "progress",
}  # fmt: skip


def importing(view: Callable) -> Callable:
    """Only for those who may import; a step that has passed leads to the one that is current."""

    @wraps(view)
    def checked(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.can_import(request.user):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except services.StepError as error:
            messages.warning(request, _("Cet import est maintenant à cette étape : %(state)s.") % {"state": error})
            return _current_step(get_object_or_404(ImportRun, pk=kwargs["pk"]))

    return checked


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    frame = {**admin.site.each_context(request), "title": title, "opts": ImportRun._meta}
    return render(request, template, {**frame, **context})


def step_url(run: ImportRun, step: str) -> str:
    return reverse(f"admin:imports_importrun_{step}", args=[run.pk])


def _current_step(run: ImportRun) -> HttpResponse:
    return redirect(step_url(run, STEPS[RunState(run.state)]))


@importing
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        run = services.start_run(
            table=form.table, content=form.content, name=given["file"].name, source=given["source"],
            obtained_on=given["obtained_on"], form_key=given["form_key"], acting_user=request.user,
        )  # fmt: skip
        return _current_step(run)
    return page(request, "admin/imports/upload.html", _("Importer des acteurs"), form=form)


@importing
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: MemberRequest, pk: int) -> HttpResponse:
    run = _open_run(pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        services.replace_file(
            run=run, table=form.table, content=form.content, name=form.cleaned_data["file"].name,
            acting_user=request.user,
        )  # fmt: skip
        return redirect(step_url(run, "mapping"))
    return page(request, "admin/imports/replace.html", _("Envoyer le fichier corrigé"), form=form, run=run)


@importing
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: MemberRequest, pk: int) -> HttpResponse:
    run = _open_run(pk)
    form = MappingForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.map_columns(
            run=run, mapping=given["mapping"], default_kind=given["default_kind"], acting_user=request.user
        )
        return _work_on(run)
    return page(request, "admin/imports/mapping.html", _("Quelle colonne est quoi ?"), form=form, run=run)


@importing
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Every line with what is wrong and what will be done; the choices of the page are kept by a POST."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state != RunState.REVIEW:
        return _current_step(run)
    if request.method == "POST":
        kept = services.decide_lines(run=run, choices=review.choices(request.POST), acting_user=request.user)
        messages.success(request, ngettext("%(count)d choix gardé.", "%(count)d choix gardés.", kept) % {"count": kept})
        return redirect(f"{step_url(run, 'preview')}?{request.GET.urlencode()}")
    return page(
        request,
        "admin/imports/preview.html",
        _("Relire avant d'importer"),
        run=run,
        rest=RestForm(),
        **review.shown(run, request),
    )


@importing
@require_POST
def decide_rest(request: MemberRequest, pk: int) -> HttpResponse:
    run, form = get_object_or_404(ImportRun, pk=pk), RestForm(request.POST)
    if form.is_valid():
        services.decide_the_rest(run=run, decision=form.cleaned_data["decision"], acting_user=request.user)
    return redirect(f"{step_url(run, 'preview')}?{request.GET.urlencode()}")


@importing
@require_GET
def problems(request: MemberRequest, pk: int) -> HttpResponse:
    """The lines to correct, to be opened in a spreadsheet and sent again."""
    run = get_object_or_404(ImportRun, pk=pk)
    answer = HttpResponse(review.problems_file(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lignes-a-corriger-{run.pk}.csv"'
    return answer


@importing
@require_http_methods(["GET", "HEAD", "POST"])
def launch(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state != RunState.REVIEW:
        return _current_step(run)
    form = LaunchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.launch(run=run, new_state=form.cleaned_data["new_state"], acting_user=request.user)
        return _work_on(run)
    return page(request, "admin/imports/launch.html", _("Importer"), form=form, run=run, counts=review.counts(run))


@importing
@require_GET
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state in (RunState.MAPPING, RunState.REVIEW):
        return _current_step(run)
    return page(
        request, "admin/imports/progress.html", run.get_state_display(), run=run, **review.progress(run, request)
    )


@importing
@require_POST
def abandon(request: MemberRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    services.abandon(run=run, acting_user=request.user)
    messages.success(request, _("Import abandonné : rien n'a été écrit, le fichier est effacé."))
    return redirect("admin:imports_importrun_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: MemberRequest) -> HttpResponse:
    """People whose data came by an import, and who do not know it yet: the longest wait first."""
    if not rules.can_tell(request.user):
        raise PermissionDenied
    waiting = Provenance.objects.to_tell().select_related("actor", "run").prefetch_related("actor__contacts")
    if request.method == "POST":
        chosen = review.numbers(request.POST.getlist("provenance"))[:PEOPLE_ON_PAGE]
        told = notices.tell(provenances=waiting.filter(pk__in=chosen), acting_user=request.user)
        _say_who_was_told(request, told)
        return redirect("admin:imports_provenance_tell")
    people = Paginator(waiting.order_by("obtained_on", "pk"), PEOPLE_ON_PAGE).get_page(request.GET.get("page"))
    first = next((one for one in people if one.address), None)
    sample = notices.notice_text(first.actor, first.source, first.obtained_on) if first else ""
    return page(
        request, "admin/imports/tell.html", _("Informer et inviter"), people=people, late=waiting.late().count(),
        sample=sample, missing=notices.missing_settings(),
    )  # fmt: skip


def _say_who_was_told(request: HttpRequest, told: notices.Told) -> None:
    if told.written:
        messages.success(request, ngettext("%(count)d message mis en file.", "%(count)d messages mis en file.",
                                           told.written) % {"count": told.written})  # fmt: skip
    for reason in told.left_out[:10]:
        messages.warning(request, reason)
    if not told.written and not told.left_out:
        messages.info(request, _("Personne n'était choisi, ou tout le monde est déjà informé."))


def _open_run(pk: int) -> ImportRun:
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state not in services.OPEN:
        raise services.StepError(run.get_state_display())
    return run


def _work_on(run: ImportRun) -> HttpResponse:
    """Start at once; only then is the rest handed over, since two never work on one import."""
    work.go_on(run.pk, seconds=AT_ONCE)
    run.refresh_from_db()
    if run.state in WORKING:
        enqueue_on_commit(tasks.go_on, run.pk)
    return _current_step(run)
