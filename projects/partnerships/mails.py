"""Each step of an introduction mails the other side."""

from django.utils.translation import gettext_lazy as _

from actors.enums import ActorState
from actors.models import Membership, User
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from projects.matching import ledger

from .enums import IntroductionState
from .models import Introduction


def _still_waits(mail: OutgoingEmail) -> bool:
    """Not answered yet, both sides present, and its reader still acts for the side that is asked."""
    waiting = Introduction.objects.filter(pk=mail.refers_to["introduction"], state=IntroductionState.PROPOSED)
    introduction = waiting.select_related("need__project__lead", "actor").first()
    if introduction is None or not (introduction.asking.is_approved and introduction.asked.is_approved):
        return False
    return Membership.objects.writers().filter(actor=introduction.asked, user=mail.recipient_id).exists()


def _some_still_wait(mail: OutgoingEmail) -> bool:
    waiting = Introduction.objects.filter(pk__in=mail.refers_to["introductions"], state=IntroductionState.PROPOSED)
    own = Membership.objects.writers().filter(user=mail.recipient_id).values("actor")
    return waiting.filter(need__project__lead__in=own, need__project__lead__state=ActorState.APPROVED).exists()


def _still_to_remind(mail: OutgoingEmail) -> bool:
    introduction = Introduction.objects.filter(pk=mail.refers_to["introduction"]).select_related("need").first()
    if introduction is None or not introduction.need.is_open or ledger.has_enough(introduction.need):
        return False
    return _still_waits(mail)


ASKED = register(MailKind("introduction_asked", _("Demande de mise en relation"), Group.TRANSACTIONAL, _still_waits))
ANSWERED = register(MailKind("introduction_answered", _("Réponse à une mise en relation"), Group.TRANSACTIONAL))
ANSWERS = register(
    MailKind("need_answers_of_the_day", _("Réponses à vos besoins"), Group.TRANSACTIONAL, _some_still_wait)
)
REMINDER = register(
    MailKind("introduction_reminder", _("Rappel d'une demande de mise en relation"), Group.ALERT, _still_to_remind)
)


def tell_answer(introduction: Introduction) -> None:
    for person in ledger.writers(introduction.asking):
        tell(ANSWERED, introduction, person)


def tell(kind: MailKind, introduction: Introduction, person: User) -> OutgoingEmail | None:
    """One mail; None when it was written before."""
    to = introduction.asking if kind is ANSWERED else introduction.asked
    return queue_mail(
        kind,
        to=person,
        dedupe_key=f"{kind.code}:{introduction.pk}:{person.pk}",
        context={"introduction": introduction, "need": introduction.need, "to": to},
        refers_to={"introduction": introduction.pk, "side": introduction.side},
    )
