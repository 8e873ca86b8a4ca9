"""Messages a person sent through the contact form, and what was answered."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .models import ContactMessage, ContactReply


def _messages(person: Any, addresses: Addresses) -> QuerySet[ContactMessage]:
    return ContactMessage.objects.filter(email__in=addresses)


def _erase(person: Any, addresses: Addresses) -> None:
    _messages(person, addresses).delete()
    ContactMessage.objects.filter(assigned_to=person).update(assigned_to=None)


register_holding(
    Holding(
        "contact_messages",
        _("Vos messages à l'équipe d'animation"),
        ("name", "email", "subject", "body", "state", "created_at"),
        _messages,
        erase=_erase,
    )
)
register_holding(
    Holding(
        "contact_replies",
        _("Les réponses de l'équipe d'animation à vos messages"),
        ("message", "body", "at"),
        lambda person, addresses: ContactReply.objects.filter(message__email__in=addresses).select_related("message"),
    )
)
