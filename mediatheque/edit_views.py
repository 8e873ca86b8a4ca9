"""Writing resources: what is said of them, their files, their state."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from actors.current import current_actor
from actors.joining.access import hide, refuse
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import has_verified_email
from coexist.common.lists import BoundedPaginator
from coexist.common.uploads.handlers import takes_files_up_to

from . import rules, services, uploading
from .enums import Extraction, FileKind, ResourceState
from .forms import FileForm, MoveForm, ResourceForm
from .models import Resource, ResourceFile
from .services import ResourceError
from .sniffing import KEPT

MOST_SHOWN = 200  # files of one resource, all versions
PAGE = 30


@require_safe
def resource_own(request: MemberRequest) -> HttpResponse:
    """What one's own actors keep, in any state."""
    own = Actor.objects.of_member(request.user).values("pk")
    rows = Resource.objects.filter(publisher__in=own).with_card_data().order_by("-updated_at", "-pk")
    page = BoundedPaginator(rows, PAGE, count=rows.count()).get_page(request.GET.get("page"))
    can_write = Actor.objects.writable_by(request.user).exists()
    return render(request, "mediatheque/own.html", {"page_obj": page, "rows": page, "can_write": can_write})


@require_http_methods(["GET", "POST"])
def resource_create(request: MemberRequest) -> HttpResponse:
    """Kept as a draft; its files come next."""
    if not Actor.objects.writable_by(request.user).exists():
        messages.info(request, _("Une ressource est publiée par un acteur : présentez d'abord votre structure."))
        return redirect("actor-create")
    form = ResourceForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"publisher": current_actor(request)}
    )
    if request.method == "POST" and form.is_valid():
        return _create(request, form)
    return render(request, "mediatheque/form.html", {"form": form, "resource": None})


@require_http_methods(["GET", "POST"])
def resource_edit(request: MemberRequest, slug: str) -> HttpResponse:
    resource = _own(request, slug)
    form = ResourceForm(request.POST or None, request.FILES or None, instance=resource, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_resource(
            resource=form.save(commit=False), skills=form.cleaned_data["skills"], acting_user=request.user
        )
        messages.success(request, _("La ressource est à jour."))
        return redirect(resource)
    return render(request, "mediatheque/form.html", {"form": form, "resource": Resource.objects.get(pk=resource.pk)})


@takes_files_up_to(KEPT)
@require_http_methods(["GET", "POST"])
def resource_files(request: MemberRequest, slug: str) -> HttpResponse:
    """What there is, how far the worker is with it, and one more to send."""
    resource = _own(request, slug)
    form = FileForm(request.POST or None, request.FILES or None, resource=resource)
    if request.method == "POST" and form.is_valid() and _added(request, form, resource):
        return _to(request, "resource-files", slug)
    files = list(resource.files.select_related("video").order_by("position", "-version")[:MOST_SHOWN])
    elsewhere = uploading.same_elsewhere(files, ResourceFile.objects.visible_to(request.user))
    for file in files:
        file.same_as = elsewhere.get(file.pk)
    context = {
        "resource": resource,
        "form": form,
        "files": [file for file in files if file.is_latest],
        "earlier": [file for file in files if not file.is_latest],
        "is_working": any(file.extraction in (Extraction.WAITING, Extraction.WORKING) for file in files),
        "kinds": FileKind,
    }
    return render(request, "mediatheque/files.html", context)


@require_http_methods(["GET", "POST"])
def resource_file_remove(request: MemberRequest, pk: int) -> HttpResponse:
    file = _own_file(request, pk)
    if request.method == "POST":
        uploading.remove_file(file=file)
        messages.success(request, _("Le fichier est retiré."))
        return redirect("resource-files", file.resource.slug)
    return render(request, "mediatheque/file_remove.html", {"file": file, "resource": file.resource})


@require_POST
def resource_file_reread(request: MemberRequest, pk: int) -> HttpResponse:
    file = _own_file(request, pk)
    uploading.read_again(file=file)
    messages.success(request, _("Le fichier va être relu."))
    return redirect("resource-files", file.resource.slug)


@require_POST
def resource_move(request: MemberRequest, slug: str) -> HttpResponse:
    """Submit, take back, archive."""
    resource = _own(request, slug)
    form = MoveForm(request.POST)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    if to == ResourceState.WAITING and not has_verified_email(request.user):
        messages.error(request, _("Confirmez votre adresse e-mail pour publier. Votre brouillon est gardé."))
        return redirect(resource)
    try:
        services.move(resource=resource, to=to, acting_user=request.user)
    except ResourceError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _MOVED.get(to, _("C'est fait.")))
    return redirect(resource)


_MOVED: dict[str, Any] = {
    ResourceState.WAITING: gettext_lazy("C'est envoyé : l'équipe d'animation la lit, puis la publie."),
    ResourceState.DRAFT: gettext_lazy("La ressource est de nouveau un brouillon."),
    ResourceState.ARCHIVED: gettext_lazy("La ressource est archivée : elle n'est plus dans les listes."),
}


def _create(request: MemberRequest, form: ResourceForm) -> HttpResponse:
    key = form.cleaned_data["form_key"]
    earlier = Resource.objects.filter(form_key=key, created_by=request.user).first()
    if earlier is not None:
        return redirect("resource-files", earlier.slug)
    resource = form.save(commit=False)
    resource.form_key = key
    try:
        services.save_resource(resource=resource, skills=form.cleaned_data["skills"], acting_user=request.user)
    except IntegrityError:  # the other click was a moment earlier
        resource = get_object_or_404(Resource, form_key=key, created_by=request.user)
    messages.success(request, _("Brouillon gardé. Ajoutez les fichiers, puis envoyez-la à l'équipe d'animation."))
    return redirect("resource-files", resource.slug)


def _added(request: MemberRequest, form: FileForm, resource: Resource) -> bool:
    given = form.cleaned_data
    try:
        uploading.add_file(
            resource=resource, prepared=given["prepared"], acting_user=request.user, label=given.get("label", ""),
            language=given.get("language", ""), replaces=given.get("replaces"), video=given.get("video"),
            form_key=given["form_key"],
        )  # fmt: skip
    except ResourceError as refused:
        form.add_error("file", str(refused))
        return False
    except IntegrityError:  # the other click was a moment earlier
        return True
    messages.success(request, _("Le fichier est arrivé. Nous le lisons pour que son texte se trouve par la recherche."))
    return True


def _to(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    answer = redirect(name, slug)
    return HttpResponseClientRedirect(answer.url) if getattr(request, "htmx", None) else answer


def _own(request: MemberRequest, slug: str) -> Resource:
    resource = Resource.objects.visible_to(request.user).select_related("publisher").filter(slug=slug).first()
    if resource is None:
        raise hide(request.user, get_object_or_404(Resource, slug=slug).publisher)
    if not rules.can_edit(request.user, resource):
        raise refuse(request.user, resource.publisher)
    return resource


def _own_file(request: MemberRequest, pk: int) -> ResourceFile:
    file = get_object_or_404(ResourceFile.objects.select_related("resource"), pk=pk)
    file.resource = _own(request, file.resource.slug)
    return file
