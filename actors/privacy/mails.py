"""Mails about accounts that end."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail, write_row
from coexist.common.mail.suspension import SuspendedAddress

from ..models import User

# The one mail that must still reach an address that CoExist forgets: wiped once sent.
ERASED = register(MailKind("account_erased", _("Compte effacé"), Group.ACCOUNT, secret=True))


def _is_still_inactive(mail: OutgoingEmail) -> bool:
    return User.objects.filter(pk=mail.refers_to["user"], is_active=True, inactivity_told_at__isnull=False).exists()


INACTIVE = register(
    MailKind("account_inactive_soon", _("Compte inactif, bientôt effacé"), Group.TRANSACTIONAL, _is_still_inactive)
)


# Goes to a suspended address on purpose: the person asked to try it again.
ADDRESS_CHECK = register(MailKind("address_check", _("Adresse suspendue : vérification"), Group.ACCOUNT, secret=True))


def send_address_check(person: User, suspended: SuspendedAddress, link: str) -> bool:
    """False when one was written within the hour."""
    hour = f"{timezone.now():%Y%m%d%H}"
    key = f"address-check:{suspended.pk}:{hour}"
    return queue_mail(ADDRESS_CHECK, to=person, dedupe_key=key, context={"link": link}) is not None


def confirm_erasure(person: User, address: str, language: str) -> None:
    """To the address that was: the row knows no person any more."""
    with translation.override(language):
        context: dict[str, Any] = {"site_url": settings.SITE_URL}
        write_row(
            ERASED, to=None, address=address, dedupe_key=f"account-erased:{person.pk}",
            subject=render_to_string("emails/account_erased/subject.txt", context).strip(),
            body_text=render_to_string("emails/account_erased/body.txt", context).strip(),
            body_html=render_to_string("emails/account_erased/body.html", context).strip(),
        )  # fmt: skip


def announce_end_of_account(person: User, on: datetime) -> None:
    assert person.inactivity_told_at is not None  # set in the same transaction
    queue_mail(
        INACTIVE, to=person, dedupe_key=f"account-inactive:{person.pk}:{person.inactivity_told_at.date()}",
        context={"on": on}, refers_to={"user": person.pk},
    )  # fmt: skip
