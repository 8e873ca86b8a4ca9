"""Each step of an introduction mails the other side, at once."""

from django.utils.translation import gettext_lazy as _

from actors.models import Actor, User
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail

from .enums import IntroductionState
from .models import Introduction


def _still_waits(mail: OutgoingEmail) -> bool:
    return Introduction.objects.filter(pk=mail.refers_to["introduction"], state=IntroductionState.PROPOSED).exists()


ASKED = register(MailKind("introduction_asked", _("Demande de mise en relation"), Group.TRANSACTIONAL, _still_waits))
ANSWERED = register(MailKind("introduction_answered", _("Réponse à une mise en relation"), Group.TRANSACTIONAL))


def tell_question(introduction: Introduction) -> None:
    _tell(ASKED, introduction, introduction.asked)


def tell_answer(introduction: Introduction) -> None:
    _tell(ANSWERED, introduction, introduction.asking)


def _tell(kind: MailKind, introduction: Introduction, to: Actor) -> None:
    people = User.objects.filter(memberships__in=to.memberships.writers(), is_active=True)
    for person in people.order_by("pk"):
        queue_mail(
            kind,
            to=person,
            dedupe_key=f"{kind.code}:{introduction.pk}:{person.pk}",
            context={"introduction": introduction, "need": introduction.need, "to": to},
            refers_to={"introduction": introduction.pk},
        )
