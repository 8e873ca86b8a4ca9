"""A next step that is due is said once, to whoever is in charge of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.mail.queue import queue_mail

from .mails import STEP_DUE
from .models import Partnership

TOLD_FOR = timedelta(days=30)  # a date older than this when the job first meets it is no news


def due():
    today = timezone.localdate()
    return Partnership.objects.active().exclude(next_step="").filter(next_due__range=(today - TOLD_FOR, today))


def remind() -> int:
    """Safe to run twice and to kill: the mail's key holds partnership, date and person. Returns the mails written."""
    written = 0
    for key in due().values_list("pk", flat=True):
        with transaction.atomic():
            partnership = due().select_for_update(of=("self",)).filter(pk=key).first()
            if partnership is not None:
                written += _tell(partnership)
    return written


def in_charge(partnership: Partnership) -> User | None:
    """Who took the step on; else the animator who follows it; else the first person in charge of a side."""
    of_sides = [party.person for party in partnership.parties.select_related("person")]
    for person in [partnership.next_person, partnership.animator, *of_sides]:
        if person is not None and person.is_active and _sees(person, partnership):
            return person
    return None


def _sees(person: User, partnership: Partnership) -> bool:
    return Partnership.objects.visible_to(person).filter(pk=partnership.pk).exists()


def _tell(partnership: Partnership) -> bool:
    person = in_charge(partnership)
    if person is None or partnership.next_due is None:
        return False
    due_on = partnership.next_due.isoformat()
    mail = queue_mail(
        STEP_DUE,
        to=person,
        dedupe_key=f"{STEP_DUE.code}:{partnership.pk}:{due_on}:{person.pk}",
        context={"partnership": partnership},
        refers_to={"partnership": partnership.pk, "due": due_on},
    )
    return mail is not None
