"""Taking back mails that lost their object before they left, those of a digest that waits included."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .enums import MailState
from .models import OutgoingEmail

WAITING = (MailState.QUEUED, MailState.HELD)


@transaction.atomic
def withdraw(mails: QuerySet[OutgoingEmail], why: str) -> list[OutgoingEmail]:
    """Cancel those of `mails` that have not left, and return them. One that is leaving now has left."""
    _undo_digests(mails.filter(state=MailState.MERGED, merged_into__state=MailState.QUEUED), why)
    waiting = list(mails.filter(state__in=WAITING).select_for_update(skip_locked=True, of=("self",)))
    for mail in waiting:
        mail.state, mail.error = MailState.CANCELLED, why
    OutgoingEmail.objects.bulk_update(waiting, ["state", "error"])
    return waiting


def not_left() -> Q:
    """Waiting by itself, or in a digest that waits."""
    return Q(state__in=WAITING) | Q(state=MailState.MERGED, merged_into__state=MailState.QUEUED)


def _undo_digests(parts: QuerySet[OutgoingEmail], why: str) -> None:
    """The digest's text names them: it is written anew, at once, with what is left of it."""
    digests = OutgoingEmail.objects.filter(pk__in=parts.values("merged_into"), state=MailState.QUEUED)
    for digest in digests.select_for_update(skip_locked=True, of=("self",)):
        digest.state, digest.error = MailState.CANCELLED, why
        digest.save(update_fields=["state", "error"])
        digest.parts.update(state=MailState.HELD, merged_into=None, next_attempt_at=timezone.now())
