"""Each step of an introduction mails the other side."""

from django.utils.translation import gettext_lazy as _

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


def _still_to_remind(mail: OutgoingEmail) -> bool:
    introduction = Introduction.objects.filter(pk=mail.refers_to["introduction"]).select_related("need").first()
    if introduction is None or not introduction.need.is_open or ledger.has_enough(introduction.need):
        return False
    return _still_waits(mail)


ASKED = register(MailKind("introduction_asked", _("Demande de mise en relation"), Group.TRANSACTIONAL, _still_waits))
ANSWERED = register(MailKind("introduction_answered", _("Réponse à une mise en relation"), Group.TRANSACTIONAL))
REMINDER = register(
    MailKind("introduction_reminder", _("Rappel d'une demande de mise en relation"), Group.ALERT, _still_to_remind)
)


def tell_offer(introduction: Introduction) -> None:
    """An actor offers itself: an answer to the need of who reads it, and no solicitation."""
    for person in ledger.writers(introduction.asked):
        tell(ASKED, introduction, person)


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
