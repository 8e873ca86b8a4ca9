"""Jobs of the ground floor; Celery finds an app's jobs in its tasks module, so those of mail are named here."""

from celery import shared_task
from django.core.management import call_command

from . import limits, sessions
from .mail.tasks import deliver, deliver_due, send_digests

__all__ = ["clear_sessions", "deliver", "deliver_due", "send_digests"]


@shared_task
def clear_sessions() -> None:
    """Expired sessions, what was noted about them, and counts of past windows."""
    call_command("clearsessions")
    sessions.forget_ended()
    limits.forget_past()
