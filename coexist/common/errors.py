"""Error pages that say what to do next."""

import logging
import re
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from . import audit_log

logger = logging.getLogger(__name__)
# What is never shown again, whatever page was meant to receive it.
SECRETS = re.compile(r"password|csrf|(^|[-_])(code|token)$", re.IGNORECASE)
MOST_TYPED = 40  # fields
TEXT = re.compile(r"[\s@]|[^\W\d_].{9}", re.DOTALL)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`exception` may say more than "not yours": see NoLongerMember of the actors."""
    match, user = request.resolver_match, getattr(request, "user", None)
    page = match.view_name if match else ""
    audit_log.record("access_refused", by=user.pk if user else None, page=page, method=request.method)
    context = {"explanation": getattr(exception, "explanation", ""), "typed": typed(request)}
    return render(request, "errors/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Asked for by django-allauth (log-in, sign-up, codes) and by limits.py; what was typed can be sent again."""
    return render(request, "errors/429.html", {"typed": typed(request)}, status=429)


@dataclass(frozen=True)
class Typed:
    """What a refused form held: all its fields, to send again; of these the texts, to read and copy."""

    fields: list[tuple[str, str]]

    @property
    def texts(self) -> list[str]:
        """Not the codes of choices, nor numbers."""
        return [value for _name, value in self.fields if TEXT.search(value) and not UUID.fullmatch(value)]


def typed(request: HttpRequest) -> Typed | None:
    """The form that was sent, secrets aside, so that nobody has to write a text twice."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and value.strip() and not SECRETS.search(name)
    ]
    return Typed(fields[:MOST_TYPED]) if fields else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: the database may be what failed."""
    try:
        page: str = render_to_string("errors/500.html")
    except Exception:  # what failed may be what the page itself needs
        logger.exception("The error page failed")
        page = HTTPStatus.INTERNAL_SERVER_ERROR.phrase
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)
