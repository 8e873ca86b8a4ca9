"""The pages behind the links of mails: one button each. They need no account, and a GET changes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coexist.common import limits
from coexist.common.access import public

from . import links, services
from .enums import State
from .errors import AlreadyRegisteredError, RegistrationError
from .models import Registration
from .views import certificate_of


def linked(what: str) -> Callable:
    """The signed address is the proof, and no other site knows it: browsers without cookies may answer too."""

    def decorate(view: Callable[[HttpRequest, Registration], HttpResponse]) -> Callable[..., HttpResponse]:
        @public
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @limits.limited(limits.MAILED_REGISTRATIONS)
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                registration = links.find(token, what)
            except links.ForgedLinkError:
                return _closed(request, "forged", 404)
            except links.ExpiredLinkError:
                return _closed(request, f"expired-{what}", 410)
            return view(request, registration)

        return opened

    return decorate


@linked(links.VERIFY)
def verify(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The holder of the address wants it."""
    refused = None
    if request.method == "POST":
        try:
            services.verify(registration=registration)
            return redirect(request.path)
        except AlreadyRegisteredError:
            return _closed(request, "known", 200, registration)
        except RegistrationError as error:
            refused = str(error)
    if registration.state != State.UNVERIFIED:
        return _closed(request, registration.state, 200, registration)
    return _page(request, registration, "verify", refused=refused)


@linked(links.TAKE)
def take(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A place came free for who waited."""
    if request.method == "POST":
        services.take_offer(registration=registration)
        return redirect(request.path)
    if registration.is_registered:
        return _closed(request, State.REGISTERED, 200, registration)
    if not registration.offer_stands:
        return _closed(request, "expired-take", 410)
    return _page(request, registration, "take")


@linked(links.GIVE_BACK)
def give_back(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        services.cancel(registration=registration)
        return redirect(request.path)
    if not registration.is_live:
        return _closed(request, registration.state, 200, registration)
    return _page(request, registration, "give-back")


@linked(links.CERTIFICATE)
def certificate(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A file; before the last date, a page that says when."""
    if request.method == "POST":
        raise Http404
    try:
        return certificate_of(request, registration)
    except Http404:
        return _closed(request, "no-certificate", 404, registration)


def _page(request: HttpRequest, registration: Registration, what: str, **more: Any) -> HttpResponse:
    context = {"registration": registration, "event": registration.event, "what": what, **more}
    return render(request, "registrations/link.html", context)


def _closed(request: HttpRequest, why: str, status: int, registration: Registration | None = None) -> HttpResponse:
    context = {"why": why, "registration": registration, "event": registration.event if registration else None}
    return render(request, "registrations/link_closed.html", context, status=status)
