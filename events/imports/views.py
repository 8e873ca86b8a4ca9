"""The page of an actor's calendars: give one, see what came of it, decide what a machine should not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.joining.access import refuse, visible_actor
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import can_write_for
from coexist.common.limits import CALENDARS, limited

from . import services
from .forms import CalendarForm
from .models import CalendarSource, ImportedEvent

ON_A_PAGE = 24
SHOWN = 50  # of what people are asked to decide


@limited(CALENDARS)
@require_http_methods(["GET", "POST"])
def actor_calendar(request: MemberRequest, slug: str) -> HttpResponse:
    actor = _own(request, slug)
    form = CalendarForm(*((request.POST, request.FILES) if request.method == "POST" else ()), actor=actor)
    if request.method == "POST" and form.is_valid():
        _add(actor, form, request)
        messages.success(request, _("La lecture commence dans un instant. Rechargez la page pour la voir."))
        return redirect("actor-calendar", actor.slug)
    entries = ImportedEvent.objects.of_actor(actor).select_related("event")
    standing = entries.standing().filter(gone_at=None, conflicts={}).order_by("event__starts_at", "pk")
    context = {
        "actor": actor,
        "form": form,
        "sources": CalendarSource.objects.of_actor(actor).defer("content"),
        "gone": entries.gone()[:SHOWN],
        "conflicts": entries.in_conflict().filter(gone_at=None)[:SHOWN],
        "page_obj": Paginator(standing, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "event_imports/calendar.html", context)


@limited(CALENDARS)
@require_POST
def calendar_read(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Now, not tomorrow. A file is no longer here to be read."""
    source = get_object_or_404(CalendarSource.objects.of_actor(_own(request, slug)).exclude(url=""), pk=pk)
    services.ask_reading(source=source, acting_user=request.user)
    messages.success(request, _("La lecture commence dans un instant. Rechargez la page pour la voir."))
    return redirect("actor-calendar", slug)


@require_POST
def calendar_stop(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    source = get_object_or_404(CalendarSource.objects.of_actor(_own(request, slug)), pk=pk)
    services.stop(source=source, acting_user=request.user)
    messages.success(request, _("Ce calendrier n'est plus relu. Ses événements restent."))
    return redirect("actor-calendar", slug)


@require_POST
def calendar_entry(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One event that came from a calendar: `do` says what becomes of it."""
    entries = ImportedEvent.objects.of_actor(_own(request, slug))
    deeds = {
        "drop": (services.drop_draft, _("Le brouillon est supprimé. Il ne reviendra pas.")),
        "ours": (services.make_ours, _("C'est noté : cet événement ne suit plus votre calendrier.")),
        "theirs": (services.take_theirs, _("L'événement dit maintenant ce que dit votre calendrier.")),
        "keep": (services.keep_ours, _("C'est noté : ce que vous avez écrit ici reste.")),
    }
    deed, said = deeds.get(request.POST.get("do", ""), (None, ""))
    if deed is None:
        return redirect("actor-calendar", slug)
    if deed(entry=get_object_or_404(entries, pk=pk), acting_user=request.user):
        messages.success(request, said)
    else:
        messages.info(request, _("Rien à changer : c'était déjà fait."))
    return redirect("actor-calendar", slug)


def _own(request: MemberRequest, slug: str) -> Actor:
    actor = visible_actor(request, slug)
    if not can_write_for(request.user, actor):
        raise refuse(request.user, actor)
    return actor


def _add(actor: Actor, form: CalendarForm, request: MemberRequest) -> None:
    if form.cleaned_data["url"]:
        services.add_address(actor=actor, url=form.cleaned_data["url"], acting_user=request.user)
    else:
        name, content = form.cleaned_data["file"]
        services.add_file(actor=actor, name=name, content=content, acting_user=request.user)
