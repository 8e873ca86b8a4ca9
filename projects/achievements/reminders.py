"""A side that did not answer is reminded once, and never again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .enums import AchievementState
from .models import Contribution
from .telling import ask_sides

AFTER = timedelta(days=14)
NO_MORE_AFTER = timedelta(days=60)  # a job that was down for long does not wake old requests


def due() -> QuerySet[Contribution]:
    now = timezone.now()
    return Contribution.objects.filter(
        achievement__state=AchievementState.DRAFT, answered_at=None, reminded_at=None,
        asked_at__range=(now - NO_MORE_AFTER, now - AFTER),
    )  # fmt: skip


def remind() -> int:
    """Safe to run twice and to kill: each side is marked in the transaction of its mails. Returns the mails written."""
    written = 0
    for key in due().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            one = due().select_for_update(of=("self",)).select_related("achievement", "actor").filter(pk=key).first()
            if one is not None:
                written += ask_sides([one], again=True)
                one.reminded_at = timezone.now()
                one.save(update_fields=["reminded_at"])
    return written
