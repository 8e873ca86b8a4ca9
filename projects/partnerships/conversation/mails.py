"""The mail about new messages: one for each thread and hour at most, and it tells all that is unread."""

from django.utils.translation import gettext_lazy as _

from actors.models import Membership
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from ..models import Introduction
from .models import ThreadReader


def _still_unread(mail: OutgoingEmail) -> bool:
    """Not read meanwhile, and its reader still acts for the side that was written to."""
    refers_to = mail.refers_to
    reading = ThreadReader.objects.filter(introduction=refers_to["introduction"], person=mail.recipient_id)
    if not reading.filter(read_to__lt=refers_to["last"]).exists():
        return False
    return Membership.objects.writers().filter(actor=refers_to["actor"], user=mail.recipient_id).exists()


NEW_MESSAGES = register(
    MailKind("thread_messages", _("Nouveaux messages d'un échange"), Group.TRANSACTIONAL, _still_unread)
)
CLOSED = register(MailKind("thread_closed", _("Échange terminé"), Group.TRANSACTIONAL))


def closed_key(introduction: Introduction, person: int) -> str:
    return f"{CLOSED.code}:{introduction.pk}:{person}"
