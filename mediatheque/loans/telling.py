"""Who is told what of a loan, inside the transaction of what happened.

What is lent was put there to be asked for: a request is no solicitation of matching, and is told at once.
"""

from typing import Any

from actors.models import Actor, Membership, User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from coexist.common.mail.withdraw import withdraw

from ..models import LoanRequest, LoanStep
from .mails import ASKED, DECIDED
from .states import Side


def tell_lender(loan: LoanRequest) -> None:
    for person in _people(Membership.objects.owners().filter(actor=loan.resource.publisher_id)):
        queue_mail(
            ASKED, to=person, dedupe_key=f"{ASKED.code}:{loan.pk}:{person.pk}", context={"loan": loan},
            refers_to={"loan": loan.pk},
        )  # fmt: skip


def stop_asking(loan: LoanRequest) -> None:
    """Answered or taken back: mails that wait do not leave."""
    withdraw(OutgoingEmail.objects.filter(kind_code=ASKED.code, refers_to__loan=loan.pk), "demande close")


def tell_step(step: LoanStep, side: Side | None, gone: Actor | None = None) -> None:
    """To the side that did not decide it; where one is gone, to the other."""
    loan = step.loan
    lender = loan.resource.publisher
    tells_borrower = side == Side.LENDER or (side is None and gone == lender)
    told = loan.actor if tells_borrower else lender
    members = Membership.objects.filter(actor=told)
    for person in _people(members.writers() if tells_borrower else members.owners()):
        if person.pk != step.by_id:
            queue_mail(
                DECIDED, to=person, dedupe_key=f"{DECIDED.code}:{loan.pk}:{step.state}:{person.pk}",
                context={"loan": loan, "step": step, "tells_borrower": tells_borrower},
                refers_to={"loan": loan.pk, "state": step.state, "actor": told.pk},
            )  # fmt: skip


def _people(memberships: Any) -> list[User]:
    return list(User.objects.filter(memberships__in=memberships, is_active=True).order_by("pk").distinct())
