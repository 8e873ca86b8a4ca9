"""Sending the rows. Safe to run twice and safe to kill: the row is locked while the server answers."""

import logging
from datetime import timedelta
from email.mime.text import MIMEText
from email.utils import parseaddr
from functools import cache
from pathlib import Path

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .enums import Digest, MailState
from .kinds import Attachment, Group
from .models import EmailOptOut, OutgoingEmail
from .suspension import is_final, is_suspended, suspend, tells_of_the_address
from .unsubscribe import unsubscribe_url

logger = logging.getLogger(__name__)
# Minutes before each new try; after the last one the mail stays in the admin as failed.
BACKOFF = (1, 5, 15, 60, 180, 360, 720, 1440)


def deliver(pk: int) -> MailState | None:
    """Send the mail `pk` if it is due, and return its new state; None when there is nothing to do.

    A process killed between the server's acceptance and the commit sends it again: the stable
    Message-ID lets the recipient's software show it once.
    """
    with transaction.atomic():
        mail = OutgoingEmail.objects.due().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if mail is None:
            return None
        if not _still_wanted(mail):
            mail.state = MailState.CANCELLED
        else:
            _try_to_send(mail)
        mail.save(update_fields=["state", "attempts", "next_attempt_at", "error", "sent_at", "body_text", "body_html"])
        return MailState(mail.state)


def _still_wanted(mail: OutgoingEmail) -> bool:
    if mail.kind.group is not Group.ACCOUNT and is_suspended(mail.address):
        mail.error = "adresse suspendue"
        return False
    if mail.kind.can_be_refused and EmailOptOut.stands(mail.address, mail.kind_code):
        mail.error = "desabonnement"
        return False
    if EmailOptOut.silences(mail.address, mail.recipient, mail.kind):
        mail.error = "opposition"
        return False
    if mail.recipient_id and mail.recipient and not mail.recipient.is_active:
        mail.error = "compte ferme"
        return False
    if mail.kind.can_be_refused and mail.recipient_id and mail.recipient and mail.recipient.digest == Digest.NEVER:
        mail.error = "preference: jamais"
        return False
    if not mail.kind.still_wanted(mail):
        mail.error = "sans objet"
        return False
    return True


def _try_to_send(mail: OutgoingEmail) -> None:
    mail.attempts += 1
    try:
        compose(mail).send()
    except Exception as error:  # whatever a mail server or a template does, the row must tell it
        mail.error = f"{type(error).__name__}: {error}"[:500]
        if tells_of_the_address(error):
            suspend(mail.address, mail.error)
        if is_final(error) or mail.attempts > len(BACKOFF):
            mail.state = MailState.FAILED
        else:
            mail.next_attempt_at = timezone.now() + timedelta(minutes=BACKOFF[mail.attempts - 1])
        logger.warning("Mail %s not sent (try %s): %s", mail.pk, mail.attempts, mail.error)
        return
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    if mail.kind.secret and not settings.MAIL_SHOW_SECRETS:
        mail.body_text = mail.body_html = ""


def compose(mail: OutgoingEmail) -> EmailMultiAlternatives:
    """The full message: text and HTML, headers and attachments included."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<coexist-{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.stops:
        # RFC 8058: both headers must be covered by the DKIM signature (docs/deployment.md).
        stop = mail.kind.stop or unsubscribe_url
        headers["List-Unsubscribe"] = f"<{stop(mail)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=_wrapped(mail, "emails/layout.txt"),
        to=[mail.address],
        headers=headers,
    )
    message.attach_alternative(render_html(mail), "text/html")
    for attachment in mail.kind.attachments(mail):
        message.attach(_part(attachment))
    return message


def _part(attachment: Attachment) -> MIMEText:
    part = MIMEText(attachment.content, attachment.content_type.partition("/")[2], "utf-8")
    for name, value in attachment.parameters.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def render_html(mail: OutgoingEmail) -> str:
    """The HTML part as the recipient gets it, style inlined."""
    return css_inline.inline(_wrapped(mail, "emails/layout.html"), extra_css=_style(), load_remote_stylesheets=False)


def _wrapped(mail: OutgoingEmail, layout: str) -> str:
    context = {
        "mail": mail,
        "site_url": settings.SITE_URL,
        "unsubscribe_url": unsubscribe_url(mail) if mail.stops else "",
    }
    with translation.override(mail.language):
        return render_to_string(layout, context)


@cache
def _style() -> str:
    path = finders.find("css/email.css")
    assert path is not None  # it stands in static/
    return Path(path).read_text(encoding="utf-8")
