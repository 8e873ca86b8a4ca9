"""Registering for an event, one's own registrations, one's certificate."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView

from actors.models import User
from actors.requests import MemberRequest
from actors.rules import has_verified_email
from coexist.common import limits
from coexist.common.access import public
from coexist.common.lists import too_many_searches
from coexist.common.pdf import missing_packages

from ..feeds.ics import CONTENT_TYPE
from ..models import Event
from . import certificates, own_calendar, rules, services
from .errors import RegistrationError
from .forms import RegistrationForm
from .models import Registration, Seat


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited(limits.REGISTRATIONS)
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """With a confirmed account, at once; else the address is asked first."""
    event = get_object_or_404(Event.objects.public().select_related("organiser"), slug=slug)
    person = _account(request)
    form = RegistrationForm(request.POST if request.method == "POST" else None, event=event, person=person)
    if not rules.is_open(event) or not form.takes_any:
        messages.info(request, _("On ne s'inscrit pas, ou plus, à cet événement sur CoExist."))
        return redirect(event)
    if request.method == "POST" and form.is_valid() and _register(request, form, person):
        return redirect("registration-list" if person else event)
    return render(request, "registrations/register.html", {"form": form, "event": event})


class OwnRegistrations(ListView):
    request: MemberRequest
    template_name = "registrations/list.html"
    paginate_by = 24

    def get_queryset(self) -> Any:
        seats = Seat.objects.select_related("occurrence__event").order_by("occurrence__starts_at")
        own = Registration.objects.of_person(self.request.user).filter(erased_at=None)
        return own.select_related("event").prefetch_related(Prefetch("seats", seats)).order_by("-queued_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"address": own_calendar.address_of(self.request.user)}


@require_POST
def own_calendar_address(request: MemberRequest) -> HttpResponse:
    """A new private address for one's calendar, or none any more."""
    if request.POST.get("do") == "close":
        own_calendar.close_for(request.user)
        messages.success(request, _("L'adresse de votre agenda personnel ne répond plus."))
    else:
        own_calendar.open_for(request.user)
        messages.success(request, _("Votre agenda personnel a une nouvelle adresse."))
    return redirect(reverse("registration-list") + "#agenda-personnel")


@public
@require_safe
def own_calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """For programs, which do not log in: the address answers for its holder."""
    over = too_many_searches(request)
    if over is not None:
        return over
    person = own_calendar.holder_of(token)
    if person is None:
        raise Http404
    answer = HttpResponse(own_calendar.written_for(person), CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def certificate(request: MemberRequest, pk: int) -> HttpResponse:
    """For who came, and for the organiser."""
    visible = Registration.objects.visible_to(request.user).select_related("event__organiser")
    registration = get_object_or_404(visible, pk=pk)
    return certificate_of(request, registration)


def certificate_of(request: HttpRequest, registration: Registration) -> HttpResponse:
    sessions = certificates.sessions_of(registration)
    if not sessions:
        raise Http404
    missing = missing_packages()
    if missing:
        messages.error(
            request,
            _("Le PDF ne peut pas être fait sur ce serveur. Paquets à installer : %(packages)s")
            % {"packages": missing},
        )
        return redirect(registration.event)
    return certificates.as_answer(registration, sessions)


def _account(request: HttpRequest) -> User | None:
    """An address that nobody confirmed is asked like any other."""
    user = request.user
    return user if isinstance(user, User) and has_verified_email(user) else None


def _register(request: HttpRequest, form: RegistrationForm, person: User | None) -> bool:
    data = form.cleaned_data
    try:
        made = services.register(
            event=form.event, occurrence=form.chosen(), name=data["name"], access_needs=data["access_needs"],
            email=person.email if person else data["email"], person=person,
        )  # fmt: skip
    except RegistrationError as refused:
        form.add_error(None, str(refused))
        return False
    if person is None:
        said = _(
            "Un message vient de partir à %(address)s. Ouvrez-le dans la journée pour confirmer votre inscription."
        )
        messages.info(request, said % {"address": data["email"]})
    elif made.is_registered:
        messages.success(request, _("C'est noté, vous êtes inscrit. La confirmation part par e-mail."))
    else:
        messages.info(
            request, _("C'est complet : vous êtes en liste d'attente. Nous vous écrirons si une place se libère.")
        )
    return True
