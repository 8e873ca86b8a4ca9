"""Projects: list, page, writing."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.current import current_actor
from actors.joining.access import hide, refuse
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import has_verified_email
from coexist.common.access import public
from coexist.common.lists import FilteredList
from coexist.common.panels import panels_for

from . import rules, services
from .filters import ProjectFilter
from .forms import NeedForm, ProjectForm
from .models import Need, Project
from .structured import project_facts

SIMILAR = 3


@method_decorator(public, name="dispatch")
class ProjectList(FilteredList):
    filterset_class = ProjectFilter
    template_name = "projects/list.html"
    results_template = "projects/_results.html"

    def rows(self) -> QuerySet[Project]:
        return Project.objects.public().with_card_data()


@public
@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("lead"), slug=slug)
    others = Project.objects.public().filter(themes__overlap=project.themes).exclude(pk=project.pk)
    context = {
        "project": project,
        "needs": Need.objects.visible_to(request.user).filter(project=project).prefetch_related("skills"),
        "others": others.with_card_data()[:SIMILAR],
        "can_edit": rules.can_edit_project(request.user, project),
        "panels": panels_for("project", project, request.user),
        "facts": project_facts(project) if project.is_public else None,
    }
    return render(request, "projects/detail.html", context)


@require_http_methods(["GET", "POST"])
def project_create(request: MemberRequest) -> HttpResponse:
    """A project and its first need on one page; kept as a draft, or published at once."""
    if not Actor.objects.writable_by(request.user).exists():
        messages.info(request, _("Un projet est porté par un acteur : présentez d'abord votre structure."))
        return redirect("actor-create")
    project_form = ProjectForm(request.POST or None, user=request.user, initial={"lead": current_actor(request)})
    need_form = NeedForm(request.POST or None, prefix="need")
    if request.method == "POST" and project_form.is_valid() and need_form.is_valid():
        return _create(request, project_form, need_form)
    return render(request, "projects/form.html", {"form": project_form, "need_form": need_form, "project": None})


@require_http_methods(["GET", "POST"])
def project_edit(request: MemberRequest, slug: str) -> HttpResponse:
    project = own_project(request, slug)
    form = ProjectForm(request.POST or None, instance=project, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_project(project=form.save(commit=False), acting_user=request.user)
        messages.success(request, _("Le projet est à jour."))
        return redirect(project)
    return render(request, "projects/form.html", {"form": form, "project": Project.objects.get(pk=project.pk)})


@require_POST
def project_publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Publish the project and its drafts of needs."""
    project = own_project(request, slug)
    publish_and_say(request, project, project.needs.all())
    return redirect(project)


def publish_and_say(request: MemberRequest, project: Project, needs: QuerySet[Need] | list[Need]) -> None:
    if not has_verified_email(request.user):
        messages.error(request, _("Confirmez votre adresse e-mail pour publier. Votre brouillon est gardé."))
        return
    if services.publish(project=project, needs=needs, acting_user=request.user):
        messages.success(
            request, _("C'est publié. Nous cherchons qui peut répondre ; vous recevrez les noms par e-mail.")
        )
    else:
        messages.info(
            request, _("C'est gardé. La publication suivra la validation de %(actor)s.") % {"actor": project.lead}
        )


def own_project(request: MemberRequest, slug: str) -> Project:
    project = Project.objects.visible_to(request.user).select_related("lead").filter(slug=slug).first()
    if project is None:
        raise hide(request.user, get_object_or_404(Project, slug=slug).lead)
    if not rules.can_edit_project(request.user, project):
        raise refuse(request.user, project.lead)
    return project


def _create(request: MemberRequest, project_form: ProjectForm, need_form: NeedForm) -> HttpResponse:
    key = project_form.cleaned_data["form_key"]
    earlier = Project.objects.filter(form_key=key, created_by=request.user).first()
    if earlier is not None:
        return redirect(earlier)
    project, need = project_form.save(commit=False), need_form.save(commit=False)
    project.form_key = key
    try:
        with transaction.atomic():
            services.save_project(project=project, acting_user=request.user)
            need.project = project
            services.save_need(need=need, skills=need_form.cleaned_data["skills"] or None, acting_user=request.user)
    except IntegrityError:  # the other click was a moment earlier
        return redirect(get_object_or_404(Project, form_key=key, created_by=request.user))
    if "publish" in request.POST:
        publish_and_say(request, project, [need])
    else:
        messages.success(request, _("Brouillon gardé. Publiez-le quand vous êtes prêt."))
    return redirect(project)
