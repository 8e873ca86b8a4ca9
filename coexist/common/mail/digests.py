"""Merging the alerts somebody wants once a day or once a week into one mail."""

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from .enums import Digest, MailState
from .kinds import Group, MailKind, register
from .models import EmailOptOut, OutgoingEmail
from .queue import write_row
from .suspension import is_suspended

DIGEST = register(MailKind("digest", _("Récapitulatif"), Group.DIGEST))
AT_MOST = 30  # alerts in one digest; what is left comes with the next


def send_due_digests() -> int:
    """Write one digest for each person whose held alerts are due; return how many."""
    due = OutgoingEmail.objects.filter(state=MailState.HELD, next_attempt_at__lte=timezone.now())
    people = due.exclude(recipient=None).order_by("recipient").values_list("recipient", flat=True).distinct()
    return sum(_send_one(recipient) for recipient in people)


@transaction.atomic
def _send_one(recipient_pk: int) -> int:
    held = list(
        OutgoingEmail.objects.filter(state=MailState.HELD, recipient=recipient_pk, next_attempt_at__lte=timezone.now())
        .order_by("pk")
        .select_for_update(skip_locked=True)[:AT_MOST]
    )
    parts = [mail for mail in held if _still_wanted(mail)]
    for mail in held:
        mail.state = MailState.MERGED if mail in parts else MailState.CANCELLED
    digest = _write_digest(parts) if parts else None
    for mail in held:
        mail.merged_into = digest if mail in parts else None
    OutgoingEmail.objects.bulk_update(held, ["state", "merged_into"])
    return int(digest is not None)


def _still_wanted(mail: OutgoingEmail) -> bool:
    """Asked at the digest's hour: what was held may have lost its object, and people change their mind."""
    refuses_all = mail.recipient is not None and mail.recipient.digest == Digest.NEVER
    if refuses_all or is_suspended(mail.address):
        return False
    return not EmailOptOut.stands(mail.address, mail.kind_code) and mail.kind.still_wanted(mail)


def _write_digest(parts: list[OutgoingEmail]) -> OutgoingEmail | None:
    person = parts[0].recipient
    assert person is not None  # held alerts are queried by recipient
    with translation.override(person.language):
        context = {"parts": parts}
        return write_row(
            DIGEST,
            to=person,
            address=person.email,
            dedupe_key=f"digest:{person.pk}:{parts[0].pk}-{parts[-1].pk}:{len(parts)}",
            subject=render_to_string("emails/digest/subject.txt", context).strip(),
            body_text=render_to_string("emails/digest/body.txt", context).strip(),
            body_html=render_to_string("emails/digest/body.html", context).strip(),
        )
