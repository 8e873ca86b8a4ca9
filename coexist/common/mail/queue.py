"""Writing a mail's row. Nothing leaves here; see delivery.py."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from coexist.common.jobs import enqueue_on_commit

from .enums import Digest, MailState
from .kinds import Group, MailKind
from .models import EmailOptOut, OutgoingEmail
from .suspension import is_suspended

DIGEST_HOUR = 7  # local time
MONDAY = 0


def queue_mail(
    kind: MailKind, *, to: Any | None, dedupe_key: str, context: dict, refers_to: dict | None = None, address: str = ""
) -> OutgoingEmail | None:
    """Write one mail to the person `to`, in that person's language; None when it was written before.

    Who has no account is written to by `address`, in the site's language.
    `refers_to` holds primary keys only: the kind's `still_wanted` reads them just before the send.
    """
    if OutgoingEmail.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    with translation.override(getattr(to, "language", settings.LANGUAGE_CODE)):
        context = {**context, "recipient": to, "site_url": settings.SITE_URL}
        folder = f"emails/{kind.code}"
        subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())[:250]
        body_text = render_to_string(f"{folder}/body.txt", context).strip()
        body_html = render_to_string(f"{folder}/body.html", context).strip()
    return write_row(
        kind, to=to, address=address or getattr(to, "email", ""), dedupe_key=dedupe_key, subject=subject,
        body_text=body_text, body_html=body_html, refers_to=refers_to,
    )  # fmt: skip


def write_row(
    kind: MailKind, *, to: Any | None, address: str, dedupe_key: str, subject: str, body_text: str, body_html: str,
    refers_to: dict | None = None,
) -> OutgoingEmail | None:  # fmt: skip
    """Store a rendered mail and hand it to the worker, unless the recipient's choice says otherwise."""
    state, due, note = _when(kind, to, address)
    mail, created = OutgoingEmail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "recipient": to,
            "address": address,
            "kind_code": kind.code,
            "refers_to": refers_to or {},
            "language": getattr(to, "language", settings.LANGUAGE_CODE),
            "subject": subject,
            "body_text": body_text,
            "body_html": body_html,
            "state": state,
            "next_attempt_at": due,
            "error": note,
        },
    )
    if not created:
        return None
    if state == MailState.QUEUED:
        from .tasks import deliver  # the task imports the delivery, which imports this module's models

        enqueue_on_commit(deliver, mail.pk)
    return mail


def _when(kind: MailKind, to: Any | None, address: str) -> tuple[MailState, datetime, str]:
    now = timezone.now()
    if kind.group is not Group.ACCOUNT and is_suspended(address):
        return MailState.CANCELLED, now, "adresse suspendue"
    if kind.can_be_refused and EmailOptOut.stands(address, kind.code):
        return MailState.CANCELLED, now, "desabonnement"
    if EmailOptOut.silences(address, to, kind):
        return MailState.CANCELLED, now, "opposition"
    if kind.group is not Group.ALERT:
        return MailState.QUEUED, now, ""
    digest = getattr(to, "digest", Digest.IMMEDIATE)
    if digest == Digest.NEVER:
        return MailState.CANCELLED, now, "preference: jamais"
    if digest == Digest.IMMEDIATE:
        return MailState.QUEUED, now, ""
    return MailState.HELD, next_digest(digest, now), ""


def next_digest(digest: str, after: datetime) -> datetime:
    """Next seven o'clock, local time, of the day (daily) or of Monday (weekly)."""
    local = timezone.localtime(after)
    due = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    while due <= local or (digest == Digest.WEEKLY and due.weekday() != MONDAY):
        due = (due.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=due.tzinfo)
    return due
