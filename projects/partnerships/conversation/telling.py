"""Telling people what they have not read. Safe to run twice, safe to kill: the reader's row says what is due."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from ..enums import Side
from ..models import Introduction
from .mails import NEW_MESSAGES
from .models import Message, ThreadReader

EVERY = timedelta(hours=1)
AT_ONCE = 500
MOST_QUOTED = 10  # messages in one mail; it says how many more there are


def other(side: str) -> Side:
    return Side.ACTOR if side == Side.PROJECT else Side.PROJECT


def unread(introduction: Introduction, side: Side, read_to: int) -> QuerySet[Message]:
    """What the other side wrote since."""
    return introduction.messages.filter(side=other(side), pk__gt=read_to)


def put(introduction: Introduction, side: Side) -> None:
    """Somebody of `side` wrote: tell the other side's people, now or when the hour is over."""
    people = ledger.writers(introduction.of_side(other(side)))
    ThreadReader.objects.bulk_create(
        [ThreadReader(introduction=introduction, person=person) for person in people], ignore_conflicts=True
    )
    readers = ThreadReader.objects.filter(introduction=introduction, person__in=people)
    readers.update(waits=True)
    for key in list(_due().filter(pk__in=readers.values("pk")).values_list("pk", flat=True)):
        _tell(key)


def tell_due() -> None:
    for key in list(_due().values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            _tell(key)


def mark_read(introduction: Introduction, side: Side, person: int, read_to: int) -> None:
    """Up to the message of this key; never backwards. In a transaction."""
    ThreadReader.objects.get_or_create(introduction=introduction, person_id=person)
    row = ThreadReader.objects.select_for_update().get(introduction=introduction, person_id=person)
    row.read_to = max(row.read_to, read_to)
    row.waits = row.waits and unread(introduction, side, row.read_to).exists()
    row.save(update_fields=["read_to", "waits"])


def _due() -> QuerySet[ThreadReader]:
    silent = Q(mailed_at=None) | Q(mailed_at__lte=timezone.now() - EVERY)
    return ThreadReader.objects.filter(silent, waits=True).order_by("pk")


def _tell(key: int) -> None:
    locked = _due().select_for_update(skip_locked=True, of=("self",)).filter(pk=key)
    row = locked.select_related("introduction__need__project__lead", "introduction__actor", "person").first()
    if row is None:
        return  # told by another job, or read meanwhile
    introduction = row.introduction
    sides = [side for side in Side if row.person in ledger.writers(introduction.of_side(side))]
    new = (
        list(unread(introduction, sides[0], row.read_to).select_related("author").prefetch_related("attachments"))
        if sides
        else []
    )
    row.waits = False
    if new:
        row.mailed_at = timezone.now()
        queue_mail(
            NEW_MESSAGES,
            to=row.person,
            dedupe_key=f"{NEW_MESSAGES.code}:{introduction.pk}:{row.person_id}:{new[-1].pk}",
            context={
                "introduction": introduction, "need": introduction.need, "shown": new[-MOST_QUOTED:],
                "more": max(0, len(new) - MOST_QUOTED), "number": len(new),
                "writer": introduction.of_side(other(sides[0])),
            },
            refers_to={
                "introduction": introduction.pk, "last": new[-1].pk, "actor": introduction.of_side(sides[0]).pk,
            },
        )  # fmt: skip
    row.save(update_fields=["waits", "mailed_at"])
