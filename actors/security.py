"""What happens to accounts, told to the log; a second step ends the sessions opened without it."""

from typing import Any

from allauth.account import signals as account
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa import signals as mfa
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from coexist.common import audit_log

from .models import User

EVENTS = {
    "login": account.user_logged_in,
    "logout": account.user_logged_out,
    "signup": account.user_signed_up,
    "password.changed": account.password_changed,
    "password.reset": account.password_reset,
    "email.changed": account.email_changed,
    "mfa.added": mfa.authenticator_added,
    "mfa.removed": mfa.authenticator_removed,
    "mfa.reset": mfa.authenticator_reset,
    "mfa.used": mfa.authenticator_used,
    "mfa.failed": mfa.authentication_failed,
}


def log_events() -> None:
    """Called once, when the app is ready."""
    for event, signal in EVENTS.items():
        signal.connect(_logger_of(event), weak=False, dispatch_uid=f"audit:{event}")
    user_login_failed.connect(_log_failed, dispatch_uid="audit:login.failed")
    mfa.authenticator_added.connect(_end_other_sessions, dispatch_uid="mfa:other-sessions")


def _logger_of(event: str):
    def log(sender: Any, user: User | None = None, authenticator: Any = None, **told: Any) -> None:
        kind = str(authenticator.type) if authenticator is not None else None
        audit_log.record(event, by=user.pk if user else None, kind=kind)

    return log


def _log_failed(sender: Any, credentials: dict, **told: Any) -> None:
    """Whose account, never what was typed."""
    email = str(credentials.get("email") or credentials.get("username") or "").replace("\x00", "")
    known = User.objects.filter(email=email.lower()).values_list("pk", flat=True).first()
    audit_log.record("login.failed", person=known)


def _end_other_sessions(sender: Any, request: HttpRequest, **told: Any) -> None:
    """Whoever was logged in with the password alone proves the second step too."""
    own = UserSession.objects.filter(user_id=authenticated_user(request).pk)
    get_adapter().end_sessions(list(own.exclude(session_key=request.session.session_key)))
