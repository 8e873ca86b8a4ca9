"""One reminder, seven days after a proposal left, to who has not answered; never a second one."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.mail.enums import MailState
from coexist.common.mail.queue import queue_mail
from projects.models import Need

from . import ledger
from .enums import Channel
from .mails import REMINDER
from .models import Match, Solicitation

AFTER = timedelta(days=7)
GIVEN_UP_AFTER = timedelta(days=14)  # for whom the week had no room, or while the scheduler stood still
AT_ONCE = 500  # pairs of person and actor in one run; the next day's run finds the others


def remind() -> None:
    pairs = due(Channel.PROPOSAL).order_by().values_list("person", "actor").distinct()[:AT_ONCE]
    for person, actor in list(pairs):
        with transaction.atomic():
            _remind(User.objects.get(pk=person), Actor.objects.get(pk=actor))


def due(channel: Channel) -> QuerySet[Solicitation]:
    """Solicitations that left seven days ago, whose person was not reminded of that need."""
    now = timezone.now()
    left = Solicitation.objects.filter(ledger.left(now - GIVEN_UP_AFTER, now - AFTER), channel=channel)
    same = {"need": OuterRef("need"), "actor": OuterRef("actor"), "person": OuterRef("person")}
    reminded = Solicitation.objects.filter(channel=Channel.REMINDER, **same).exclude(mail__state=MailState.CANCELLED)
    return left.exclude(Exists(reminded))


def may_be_reminded(needs: list[Need], actor: Actor) -> set[int]:
    """Keys of those for which one actor more may be asked today; the needs are locked."""
    return {
        need.pk
        for need in needs
        if not ledger.has_enough(need) and (ledger.room_today(need) or actor.pk in ledger.actors_asked_today(need))
    }


def locked_open(keys: list[int]) -> list[Need]:
    needs = Need.objects.open().filter(pk__in=keys).order_by("pk")
    return list(needs.select_for_update(of=("self",), no_key=True))


def _remind(person: User, actor: Actor) -> None:
    asked = due(Channel.PROPOSAL).filter(person=person, actor=actor)
    needs = may_be_reminded(locked_open(list(asked.values_list("need", flat=True))), actor)
    ledger.lock_people([actor])
    if person not in ledger.readers(actor, REMINDER.code):
        return
    question = Solicitation.objects.filter(need=OuterRef("need"), actor=OuterRef("actor"), channel=Channel.QUESTION)
    standing = Match.objects.for_actor(actor).filter(need__in=needs, interested_at=None).exclude(Exists(question))
    still = set(asked.values_list("need", flat=True))  # asked again: another job may have reminded meanwhile
    matches = [match for match in standing if match.need_id in still][: ledger.room_of(person)]
    if matches:
        _mail(person, actor, matches)


def _mail(person: User, actor: Actor, matches: list[Match]) -> None:
    keys = [match.pk for match in matches]
    mail = queue_mail(
        REMINDER,
        to=person,
        dedupe_key=f"needs-reminder:{person.pk}:{'-'.join(map(str, keys))}",
        context={"actor": actor, "matches": matches},
        refers_to={"actor": actor.pk, "matches": keys, "user": person.pk},
    )
    if mail is not None and mail.state != MailState.CANCELLED:
        ledger.record(mail, channel=Channel.REMINDER, person=person, actor=actor, matches=matches)
