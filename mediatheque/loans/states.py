"""The states of a request to borrow, which may follow which, and which side decides it. A pure table."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoanState(models.TextChoices):
    ASKED = "asked", _("attend une réponse")
    AGREED = "agreed", _("accordé")
    DECLINED = "declined", _("décliné")
    WITHDRAWN = "withdrawn", _("retiré")
    RETURNED = "returned", _("rendu")


class Side(models.TextChoices):
    LENDER = "lender", _("qui prête")
    BORROWER = "borrower", _("qui emprunte")


class When(Enum):
    """Beside the first day of the loan."""

    ANY, BEFORE, SINCE = range(3)


@dataclass(frozen=True)
class Move:
    by: Side
    when: When = When.ANY
    needs_why: bool = False


MOVES = {
    (LoanState.ASKED, LoanState.AGREED): Move(Side.LENDER),
    (LoanState.ASKED, LoanState.DECLINED): Move(Side.LENDER, needs_why=True),
    (LoanState.ASKED, LoanState.WITHDRAWN): Move(Side.BORROWER),
    (LoanState.AGREED, LoanState.DECLINED): Move(Side.LENDER, When.BEFORE, needs_why=True),
    (LoanState.AGREED, LoanState.WITHDRAWN): Move(Side.BORROWER, When.BEFORE),
    (LoanState.AGREED, LoanState.RETURNED): Move(Side.LENDER, When.SINCE),
}


def is_time(move: Move, starts_on: date, today: date) -> bool:
    """An agreement is taken back before its first day; a return is noted from that day on."""
    return move.when == When.ANY or (move.when == When.BEFORE) == (today < starts_on)
