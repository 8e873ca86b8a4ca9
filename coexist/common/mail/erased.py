"""Mails of somebody who is no more: the row stays, which proves that it was written once; nothing says to whom."""

from django.db.models import QuerySet

from .enums import MailState

# Of the reserved domain that never resolves (RFC 2606).
ERASED_ADDRESS = "adresse-effacee@coexist.invalid"
NOTHING = {"subject": "", "body_text": "", "body_html": ""}


def forget_recipient(mails: QuerySet) -> None:
    """Wipe text and address; what was still to leave does not leave."""
    waiting = mails.filter(state__in=[MailState.QUEUED, MailState.HELD])
    waiting.update(state=MailState.CANCELLED, error="compte efface")
    mails.update(address=ERASED_ADDRESS, recipient=None, error="", **NOTHING)
