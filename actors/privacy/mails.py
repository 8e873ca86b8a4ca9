"""Mails about accounts that end."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail, write_row
from coexist.common.mail.suspension import SuspendedAddress

from ..models import Actor, User

# The one mail that must still reach an address that CoExist forgets: wiped once sent.
ERASED = register(MailKind("account_erased", _("Compte effacé"), Group.ACCOUNT, secret=True))


def _is_still_inactive(mail: OutgoingEmail) -> bool:
    return User.objects.filter(pk=mail.refers_to["user"], is_active=True, inactivity_told_at__isnull=False).exists()


INACTIVE = register(
    MailKind("account_inactive_soon", _("Compte inactif, bientôt effacé"), Group.TRANSACTIONAL, _is_still_inactive)
)


def _is_still_alone(mail: OutgoingEmail) -> bool:
    actor = Actor.objects.filter(pk=mail.refers_to["actor"]).first()
    return actor is not None and not actor.memberships.owners().filter(user__is_active=True).exists()


ORPHAN = register(MailKind("actor_without_owner", _("Acteur sans responsable"), Group.TRANSACTIONAL, _is_still_alone))


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


def tell_animators_of_orphan(actor: Actor) -> None:
    for animator in _animators():
        queue_mail(
            ORPHAN, to=animator, dedupe_key=f"actor-without-owner:{actor.pk}:{animator.pk}",
            context={"actor": actor}, refers_to={"actor": actor.pk},
        )  # fmt: skip


def _animators() -> Any:
    may_change = Permission.objects.filter(content_type__app_label="actors", codename="change_actor")
    by_right = Q(groups__permissions__in=may_change) | Q(user_permissions__in=may_change)
    return User.objects.filter(by_right, is_staff=True, is_active=True).distinct().order_by("pk")
