"""A return that nobody noted: said once to who borrowed, and a week later once to who lent."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actors.enums import ActorState

from ..models import LoanRequest
from . import telling
from .querysets import LoanQuerySet
from .states import Side

AFTER = {Side.BORROWER: timedelta(days=1), Side.LENDER: timedelta(days=8)}  # the last day of the loan
TOLD_FOR = timedelta(days=30)  # a return that is longer overdue when the job first meets it is no news


def due(side: Side) -> LoanQuerySet:
    """Loans of which this side is to be reminded today; a side that is suspended or archived hears nothing."""
    last = timezone.localdate() - AFTER[side]
    late = LoanRequest.objects.agreed().filter(ends_on__range=(last - TOLD_FOR, last))
    if side == Side.BORROWER:
        return late.filter(borrower_reminded_at=None, actor__state=ActorState.APPROVED)
    return late.filter(lender_reminded_at=None, resource__publisher__state=ActorState.APPROVED)


def remind() -> int:
    """Safe to run twice and to kill: each loan is written and marked in one transaction. Returns how many were."""
    return sum(_remind(key, side) for side in Side for key in due(side).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(key: int, side: Side) -> bool:
    rows = due(side).select_for_update(of=("self",)).select_related("actor", "resource__publisher")
    loan = rows.filter(pk=key).first()
    if loan is None:
        return False
    told = "borrower_reminded_at" if side == Side.BORROWER else "lender_reminded_at"
    setattr(loan, told, timezone.now())
    loan.save(update_fields=[told])
    telling.remind(loan, side)
    return True
