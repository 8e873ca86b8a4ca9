"""Addresses that a mail server refused for good: nothing more goes there until somebody sees to it."""

import smtplib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAILBOX_FULL = "5.2.2"
POLICY = "5.7."


class SuspendedAddressQuerySet(models.QuerySet["SuspendedAddress"]):
    def standing(self) -> "SuspendedAddressQuerySet":
        return self.filter(released_at=None)


class SuspendedAddress(models.Model):
    """No mail is queued or sent to it, but what its holder asks for to get into an account."""

    address = models.EmailField(_("adresse"))
    reason = models.CharField(_("ce que le serveur a répondu"), max_length=500)
    since = models.DateTimeField(_("suspendue depuis le"), default=timezone.now)
    released_at = models.DateTimeField(_("rétablie le"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("rétablie par"),
    )  # fmt: skip

    objects = SuspendedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("adresse suspendue")
        verbose_name_plural = _("adresses suspendues")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=models.Q(released_at=None), name="one_standing_suspension"
            )
        ]

    def __str__(self) -> str:
        return self.address

    def clean(self) -> None:
        super().clean()
        self.address = self.address.lower()
        if self.released_at is None and SuspendedAddress.objects.standing().filter(address=self.address).exists():
            raise ValidationError({"address": _("Cette adresse est déjà suspendue.")})


def is_suspended(address: str) -> bool:
    return SuspendedAddress.objects.standing().filter(address=address.lower()).exists()


def suspended_among(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, in lower case, that get no mail: one query, for lists of members."""
    asked = {address.lower() for address in addresses}
    return set(SuspendedAddress.objects.standing().filter(address__in=asked).values_list("address", flat=True))


def suspend(address: str, reason: str) -> None:
    """Note that the server refuses `address`; a second refusal renews the reason."""
    SuspendedAddress.objects.update_or_create(
        address=address.lower(), released_at=None, defaults={"reason": reason[:500], "since": timezone.now()}
    )


@transaction.atomic
def release(address: str, *, acting_user: Any | None) -> bool:
    """Write to `address` again; False when it was not suspended."""
    standing = SuspendedAddress.objects.standing().filter(address=address.lower())
    return bool(standing.update(released_at=timezone.now(), released_by=acting_user))


def is_final(error: Exception) -> bool:
    """The server refuses this recipient for good (RFC 5321: a 5yz reply)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _reply in error.recipients.values())


def tells_of_the_address(error: Exception) -> bool:
    """A final refusal that is about the address, not about us or about the moment.

    Enhanced status codes (RFC 3463): 5.7.z speaks of the sender's rights, and would suspend a whole
    network the day our server is on a blacklist; 5.2.2 is a full mailbox, which is emptied one day.
    """
    if not is_final(error):
        return False
    assert isinstance(error, smtplib.SMTPRecipientsRefused)
    replies = [_status(reply) for _code, reply in error.recipients.values()]
    return not any(status.startswith(POLICY) or status == MAILBOX_FULL for status in replies)


def _status(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return text.split(maxsplit=1)[0] if text.strip() else ""
