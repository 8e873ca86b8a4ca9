"""Needs: list, page, writing, ending."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.joining.access import hide, refuse
from actors.requests import MemberRequest
from coexist.common.access import public
from coexist.common.lists import SearchedList
from coexist.common.panels import panels_for

from . import rules, services
from .enums import NeedState
from .filters import NeedFilter
from .forms import NeedForm
from .models import Need, Project
from .need_results import NeedResults
from .views import own_project, publish_and_say


def needs_of(request: HttpRequest) -> NeedResults:
    """Open needs, narrowed as the address says."""
    rows = Need.objects.open().with_card_data()
    return NeedResults(rows, NeedFilter(request.GET, queryset=rows, request=request))


@method_decorator(public, name="dispatch")
class NeedList(SearchedList):
    template_name = "projects/need_list.html"
    results_template = "projects/_need_results.html"

    def results(self) -> NeedResults:
        return needs_of(self.request)


@public
@require_safe
def need_detail(request: HttpRequest, pk: int) -> HttpResponse:
    need = get_object_or_404(Need.objects.visible_to(request.user).select_related("project__lead"), pk=pk)
    context = {
        "need": need,
        "is_open": need.is_open,
        "can_answer": not request.user.is_authenticated or rules.answering_actors(request.user, need).exists(),
        "skills": need.skills.all(),
        "can_edit": rules.can_edit_need(request.user, need),
        "can_end": rules.can_end_need(request.user, need),
        "panels": panels_for("need", need, request.user),
    }
    return render(request, "projects/need_detail.html", context)


@require_http_methods(["GET", "POST"])
def need_create(request: MemberRequest, slug: str) -> HttpResponse:
    project = own_project(request, slug)
    form = NeedForm(request.POST or None, instance=Need(project=project), prefix="need")
    if request.method == "POST" and form.is_valid():
        return _save(request, form, project)
    return render(request, "projects/need_form.html", {"need_form": form, "project": project, "need": None})


@require_http_methods(["GET", "POST"])
def need_edit(request: MemberRequest, pk: int) -> HttpResponse:
    need = _visible(request, pk)
    if not rules.can_edit_need(request.user, need):
        raise refuse(request.user, need.project.lead)
    form = NeedForm(request.POST or None, instance=need, prefix="need")
    form.fields["skills"].initial = need.skills.all()
    if request.method == "POST" and form.is_valid():
        return _save(request, form, need.project)
    context = {"need_form": form, "project": need.project, "need": Need.objects.get(pk=pk)}
    return render(request, "projects/need_form.html", context)


@require_POST
def need_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Filled, or given up: everything about this need stops at once."""
    need = _visible(request, pk)
    if not rules.can_edit_project(request.user, need.project):
        raise refuse(request.user, need.project.lead)
    state = NeedState.CLOSED if request.POST.get("state") == NeedState.CLOSED else NeedState.FILLED
    if services.end_need(need=need, state=state, acting_user=request.user):
        messages.success(request, _("C'est noté : plus personne ne sera sollicité pour ce besoin."))
    else:
        messages.info(request, _("Ce besoin n'était déjà plus ouvert."))
    return redirect(need)


def _visible(request: MemberRequest, pk: int) -> Need:
    need = Need.objects.visible_to(request.user).select_related("project__lead").filter(pk=pk).first()
    if need is None:
        raise hide(request.user, get_object_or_404(Need, pk=pk).project.lead)
    return need


def _save(request: MemberRequest, form: NeedForm, project: Project) -> HttpResponse:
    key = form.cleaned_data["form_key"]
    need = form.save(commit=False)
    if need.pk is None:
        earlier = Need.objects.filter(form_key=key, project=project).first()
        if earlier is not None:
            return redirect(earlier)
        need.form_key = key
    try:
        with transaction.atomic():
            services.save_need(need=need, skills=form.cleaned_data["skills"] or None, acting_user=request.user)
    except IntegrityError:  # the other click was a moment earlier
        return redirect(get_object_or_404(Need, form_key=key, project=project))
    if "publish" in request.POST:
        publish_and_say(request, project, [need])
    else:
        messages.success(request, _("Le besoin est gardé."))
    return redirect(need)
