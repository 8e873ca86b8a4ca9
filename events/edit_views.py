"""Writing events: new, changed, published, cancelled; one date or all."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.current import current_actor
from actors.joining.access import hide, refuse
from actors.models import Actor
from actors.requests import MemberRequest
from actors.rules import has_verified_email
from coexist.common.maps import allow_tiles, map_data

from . import rules, services
from .forms import CancelForm, EventForm, OccurrenceForm
from .models import Event, Occurrence


@require_http_methods(["GET", "POST"])
def event_create(request: MemberRequest) -> HttpResponse:
    """Kept as a draft, or published at once."""
    if not Actor.objects.writable_by(request.user).exists():
        messages.info(request, _("Un événement est organisé par un acteur : présentez d'abord votre structure."))
        return redirect("actor-create")
    form = EventForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"organiser": current_actor(request)}
    )
    if request.method == "POST" and form.is_valid():
        return _create(request, form)
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
def event_edit(request: MemberRequest, slug: str) -> HttpResponse:
    event = _own(request, slug)
    form = EventForm(request.POST or None, request.FILES or None, instance=event, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_event(
            event=form.save(commit=False), co_organisers=form.cleaned_data["with_actors"], acting_user=request.user
        )
        messages.success(request, _("L'événement est à jour."))
        return redirect(event)
    return _page(request, form, Event.objects.get(pk=event.pk))


@require_POST
def event_publish(request: MemberRequest, slug: str) -> HttpResponse:
    event = _own(request, slug)
    _publish_and_say(request, event)
    return redirect(event)


@require_http_methods(["GET", "POST"])
def event_cancel(request: MemberRequest, slug: str) -> HttpResponse:
    event = _own(request, slug)
    if not rules.can_cancel(request.user, event):
        raise refuse(request.user, event.organiser)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if services.cancel_event(event=event, because=form.cleaned_data["because"], acting_user=request.user):
            messages.success(request, _("L'événement est annulé. Les personnes inscrites sont prévenues."))
        else:
            messages.info(request, _("L'événement était déjà annulé."))
        return redirect(event)
    return render(request, "events/cancel.html", {"form": form, "event": event, "occurrence": None})


@require_http_methods(["GET", "POST"])
def occurrence_edit(request: MemberRequest, pk: int) -> HttpResponse:
    occurrence = _own_date(request, pk)
    form = OccurrenceForm(request.POST or None, occurrence=occurrence)
    if request.method == "POST" and form.is_valid() and form.when is not None:
        try:
            services.change_occurrence(
                occurrence=occurrence, starts_at=form.when[0], ends_at=form.when[1], note=form.cleaned_data["note"],
                acting_user=request.user,
            )  # fmt: skip
        except ValidationError as refused:  # somebody cancelled it meanwhile
            form.add_error(None, refused)
        else:
            messages.success(request, _("Cette date est à jour. Les personnes inscrites sont prévenues."))
            return redirect(occurrence.event)
    return render(
        request, "events/occurrence_form.html", {"form": form, "event": occurrence.event, "occurrence": occurrence}
    )


@require_http_methods(["GET", "POST"])
def occurrence_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    occurrence = _own_date(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["because"]
        if services.cancel_occurrence(occurrence=occurrence, note=note, acting_user=request.user):
            messages.success(request, _("Cette date est annulée. Les personnes inscrites sont prévenues."))
        else:
            messages.info(request, _("Cette date était déjà annulée."))
        return redirect(occurrence.event)
    return render(request, "events/cancel.html", {"form": form, "event": occurrence.event, "occurrence": occurrence})


def _create(request: MemberRequest, form: EventForm) -> HttpResponse:
    key = form.cleaned_data["form_key"]
    earlier = Event.objects.filter(form_key=key, created_by=request.user).first()
    if earlier is not None:
        return redirect(earlier)
    event = form.save(commit=False)
    event.form_key = key
    try:
        services.save_event(event=event, co_organisers=form.cleaned_data["with_actors"], acting_user=request.user)
    except IntegrityError:  # the other click was a moment earlier
        return redirect(get_object_or_404(Event, form_key=key, created_by=request.user))
    if "publish" in request.POST:
        _publish_and_say(request, event)
    else:
        messages.success(request, _("Brouillon gardé. Publiez-le quand vous êtes prêt."))
    return redirect(event)


def _publish_and_say(request: MemberRequest, event: Event) -> None:
    if not has_verified_email(request.user):
        messages.error(request, _("Confirmez votre adresse e-mail pour publier. Votre brouillon est gardé."))
    elif services.publish(event=event, acting_user=request.user):
        messages.success(request, _("C'est publié : l'événement est dans l'agenda."))
    else:
        messages.info(
            request, _("C'est gardé. La publication suivra la validation de %(actor)s.") % {"actor": event.organiser}
        )


def _own(request: MemberRequest, slug: str) -> Event:
    event = Event.objects.visible_to(request.user).select_related("organiser").filter(slug=slug).first()
    if event is None:
        raise hide(request.user, get_object_or_404(Event, slug=slug).organiser)
    if not rules.can_edit(request.user, event):
        raise refuse(request.user, event.organiser)
    return event


def _own_date(request: MemberRequest, pk: int) -> Occurrence:
    occurrence = get_object_or_404(Occurrence.objects.select_related("event"), pk=pk)
    occurrence.event = _own(request, occurrence.event.slug)
    if occurrence.is_cancelled or occurrence.is_past:
        raise Http404
    return occurrence


def _page(request: HttpRequest, form: EventForm, event: Event | None) -> HttpResponse:
    answer = render(request, "events/form.html", {"form": form, "event": event, "map": map_data()})
    allow_tiles(answer)
    return answer
