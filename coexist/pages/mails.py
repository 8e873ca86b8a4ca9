"""Mails to people who wrote through the contact form; they may have no account."""

from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.queue import queue_mail

from .models import ContactMessage, ContactReply

RECEIVED = register(MailKind("contact_received", _("Message de contact : accusé de réception"), Group.TRANSACTIONAL))
REPLY = register(MailKind("contact_reply", _("Message de contact : réponse"), Group.TRANSACTIONAL))


def acknowledge(message: ContactMessage) -> None:
    """Nothing of what was typed is repeated: anybody can give another's address, and must not write through us."""
    queue_mail(
        RECEIVED, to=None, address=message.email, dedupe_key=f"contact-received:{message.pk}",
        context={"message": message},
    )  # fmt: skip


def send_reply(answer: ContactReply) -> None:
    message = answer.message
    queue_mail(
        REPLY, to=None, address=message.email, dedupe_key=f"contact-reply:{answer.pk}",
        context={"message": message, "answer": answer},
    )  # fmt: skip
