"""A next step that is overdue is said once, to whoever is in charge of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from .mails import STEP_DUE
from .models import SupportRequest
from .querysets import SupportQuerySet
from .states import SupportState

TOLD_FOR = timedelta(days=30)  # a date older than this when the job first meets it is no news


def overdue() -> SupportQuerySet:
    today = timezone.localdate()
    late = SupportRequest.objects.open().exclude(next_step="")
    return late.filter(next_due__range=(today - TOLD_FOR, today - timedelta(days=1)))


def remind() -> int:
    """Safe to run twice and to kill: the mail's key holds request and date. Returns the mails written."""
    written = 0
    for key in overdue().values_list("pk", flat=True):
        with transaction.atomic():
            support = overdue().select_for_update(of=("self",)).filter(pk=key).first()
            if support is not None:
                written += _tell(support)
    return written


def in_charge(support: SupportRequest) -> User | None:
    """Who took the step on; else who helps: the expert's first member, or the animator; else who asked."""
    helpers = ledger.writers(support.expert) if support.expert and support.state == SupportState.UNDER_WAY else []
    for person in [support.next_person, *helpers[:1], support.animator, support.asked_by]:
        if person is not None and person.is_active and _sees(person, support):
            return person
    return None


def _sees(person: User, support: SupportRequest) -> bool:
    return SupportRequest.objects.visible_to(person).filter(pk=support.pk).exists()


def _tell(support: SupportRequest) -> bool:
    person = in_charge(support)
    if person is None or support.next_due is None:
        return False
    due = support.next_due.isoformat()
    mail = queue_mail(
        STEP_DUE,
        to=person,
        dedupe_key=f"{STEP_DUE.code}:{support.pk}:{due}",
        context={"support": support},
        refers_to={"support": support.pk, "due": due},
    )
    return mail is not None
