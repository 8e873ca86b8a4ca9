"""A project's question to an actor is a solicitation like another: it waits where its person's week is full."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import User
from coexist.common.mail.enums import MailState
from projects.matching import ledger
from projects.matching.enums import Channel
from projects.matching.models import Solicitation
from projects.matching.reminders import due, locked_open, may_be_reminded
from projects.models import Need

from .enums import IntroductionState, Side
from .mails import ASKED, REMINDER, tell
from .models import Introduction

OF_PROJECTS = {"side": Side.PROJECT, "state": IntroductionState.PROPOSED}


def put(introduction: Introduction) -> None:
    """Ask the actor's people, now or when their week has room; the need is locked."""
    Solicitation.objects.bulk_create(
        Solicitation(
            need=introduction.need, actor=introduction.actor, person=person, channel=Channel.QUESTION, mail=None
        )
        for person in ledger.writers(introduction.actor)
    )
    _tell_who_has_room(introduction)


def tell_waiting() -> None:
    """Tell the questions that waited for room; forget those that were answered meanwhile."""
    waiting = Solicitation.objects.filter(channel=Channel.QUESTION, mail=None)
    for need in Need.objects.filter(pk__in=waiting.values("need")):
        with transaction.atomic():
            if not locked_open([need.pk]):
                continue  # its end withdrew the question, or its project is away for a while
            questions = _of_projects().filter(need=need, actor__in=waiting.filter(need=need).values("actor"))
            asked = list(questions.select_for_update(of=("self",)))
            waiting.filter(need=need).exclude(actor__in=[each.actor_id for each in asked]).delete()
            for introduction in asked:
                _tell_who_has_room(introduction)


def remind() -> None:
    """Once, seven days after the question left, who has not answered it."""
    asked = due(Channel.QUESTION)
    for introduction in _of_projects().filter(need__in=asked.values("need")):
        with transaction.atomic():
            needs = locked_open([introduction.need_id])
            if not may_be_reminded(needs, introduction.actor) or not introduction.actor.is_approved:
                continue
            ledger.lock_people([introduction.actor])
            rows = due(Channel.QUESTION).filter(need=introduction.need, actor=introduction.actor)
            reading = ledger.readers(introduction.actor, REMINDER.code)
            for person in User.objects.filter(pk__in=rows.values("person")).order_by("pk"):
                if person in reading and ledger.room_of(person):
                    _remind(introduction, person)


def _of_projects():
    return Introduction.objects.filter(**OF_PROJECTS).select_related("need__project__lead", "actor")


def _tell_who_has_room(introduction: Introduction) -> None:
    need, actor = introduction.need, introduction.actor
    ledger.lock_people([actor])
    if not actor.is_approved or not (ledger.room_today(need) or actor.pk in ledger.actors_asked_today(need)):
        return
    rows = Solicitation.objects.filter(need=need, actor=actor, channel=Channel.QUESTION, mail=None)
    for row in _of_members(rows, introduction):
        if ledger.room_of(row.person):
            row.mail = tell(ASKED, introduction, row.person)
            row.created_at = timezone.now()
            row.save(update_fields=["mail", "created_at"])


def _of_members(rows: Iterable[Solicitation], introduction: Introduction) -> list[Solicitation]:
    """Who left the actor, or closed the account, is asked nothing in its name."""
    people = ledger.writers(introduction.actor)
    return [row for row in rows if row.person in people]


def _remind(introduction: Introduction, person: User) -> None:
    mail = tell(REMINDER, introduction, person)
    if mail is not None and mail.state != MailState.CANCELLED:
        Solicitation.objects.create(
            need=introduction.need, actor=introduction.actor, person=person, channel=Channel.REMINDER, mail=mail
        )
