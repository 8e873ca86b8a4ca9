"""The administration's door: one log-in for the whole site, and a second step for staff."""

from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .access import public

# Where somebody without the second step may go: to get it, to leave, to be known as alive.
OPEN_TO_ALL_STAFF = ("compte/", "sante/", "desabonnement/")


@public
def admin_login(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """In place of the administration's own form, which knows passwords and no second step, whoever posts to it."""
    if not request.user.is_authenticated:
        return redirect_to_login(get_next_redirect_url(request) or reverse("admin:index"))
    if not (request.user.is_staff and request.user.is_active):
        raise PermissionDenied
    return redirect(get_next_redirect_url(request) or "admin:index")


def lacks_second_step(user: Any) -> bool:
    """Staff see more than others everywhere, not in the administration alone."""
    if not (settings.STAFF_MFA_REQUIRED and user.is_authenticated and user.is_staff):
        return False
    return not is_mfa_enabled(user, [Authenticator.Type.TOTP])


class StaffMfaMiddleware:
    """Leads staff without a second step at log-in to the page that gives it; nothing else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        route = request.resolver_match.route if request.resolver_match else ""
        if route.startswith(OPEN_TO_ALL_STAFF) or not lacks_second_step(request.user):
            return None
        return redirect("security")
