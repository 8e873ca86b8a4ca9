"""Mails written to a person, what they refused, and their addresses that no server takes."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.personal_data import Addresses, Holding, register_holding

from .erased import forget_recipient
from .kinds import secret_codes
from .models import EmailOptOut, OutgoingEmail
from .suspension import SuspendedAddress


def _mails(person: Any, addresses: Addresses) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(Q(recipient=person) | Q(address__in=addresses))


def _readable_mails(person: Any, addresses: Addresses) -> QuerySet[OutgoingEmail]:
    """A code on its way must not be read by whoever borrowed an open session."""
    return _mails(person, addresses).exclude(kind_code__in=secret_codes())


register_holding(
    Holding(
        "mails",
        _("Messages que CoExist vous a écrits, hors codes et liens de connexion"),
        ("subject", "address", "state", "created_at", "sent_at", "body_text"),
        _readable_mails,
        erase=lambda person, addresses: forget_recipient(_mails(person, addresses)),
    )
)
register_holding(
    Holding(
        "opt_outs",
        _("Messages que vous ne voulez plus"),
        ("address", "kind_code", "created_at"),
        lambda person, addresses: EmailOptOut.objects.filter(address__in=addresses),
        erase=lambda person, addresses: EmailOptOut.objects.filter(address__in=addresses).delete(),
    )
)
register_holding(
    Holding(
        "suspended_addresses",
        _("Vos adresses refusées par leur serveur"),
        ("address", "reason", "since", "released_at"),
        lambda person, addresses: SuspendedAddress.objects.filter(address__in=addresses),
        erase=lambda person, addresses: SuspendedAddress.objects.filter(address__in=addresses).delete(),
    )
)
