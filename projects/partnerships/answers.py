"""An actor offers itself: an answer to one's own need, no solicitation. One mail a day to a person tells them all.

The first is told at once; what comes within a day of that mail waits in a row, and leaves with the others.
Safe to run twice, safe to kill: the rows say what is due.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from .enums import IntroductionState, Side
from .mails import ANSWERS, ASKED, tell
from .models import AnswerToTell, Introduction

EVERY = timedelta(days=1)
MOST_QUOTED = 10  # answers in one mail; it says how many more there are
AT_ONCE = 500


def put(introduction: Introduction) -> None:
    """Tell the project's people, now or with the other answers of the day; the introduction is new."""
    for person in sorted(ledger.writers(introduction.asked), key=lambda one: one.pk):
        AnswerToTell.objects.get_or_create(introduction=introduction, person=person)
        _tell(person.pk)


def tell_due() -> None:
    people = AnswerToTell.objects.order_by("person").values_list("person", flat=True).distinct()
    for key in list(people[:AT_ONCE]):
        with transaction.atomic():
            _tell(key)


def _tell(key: int) -> None:
    """In a transaction. One person at a time: their row is locked."""
    person = User.objects.select_for_update(no_key=True).get(pk=key)
    if _was_told_today(person):
        return
    rows = AnswerToTell.objects.filter(person=person)
    waiting = Introduction.objects.filter(pk__in=rows.values("introduction"), state=IntroductionState.PROPOSED)
    new = [
        introduction
        for introduction in waiting.select_related("need__project__lead", "actor").order_by("pk")
        if person in ledger.writers(introduction.asked)
    ]
    rows.delete()
    if len(new) == 1:
        tell(ASKED, new[0], person)
    elif new:
        queue_mail(
            ANSWERS, to=person, dedupe_key=f"{ANSWERS.code}:{person.pk}:{new[-1].pk}",
            context={
                "shown": new[:MOST_QUOTED], "more": max(0, len(new) - MOST_QUOTED), "number": len(new),
            },
            refers_to={"introductions": [introduction.pk for introduction in new]},
        )  # fmt: skip


def _was_told_today(person: User) -> bool:
    mails = OutgoingEmail.objects.filter(recipient=person, created_at__gt=timezone.now() - EVERY)
    of_answers = mails.filter(kind_code=ASKED.code, refers_to__side=Side.ACTOR)
    return of_answers.exists() or mails.filter(kind_code=ANSWERS.code).exists()
