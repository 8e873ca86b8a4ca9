"""Who is told what of a loan, inside the transaction of what happened.

What is lent was put there to be asked for: a request is no solicitation of matching, and is told at once.
"""

from actors.models import Actor, Membership, User
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from coexist.common.mail.withdraw import withdraw

from ..models import LoanRequest, LoanStep
from .mails import ASKED, DECIDED, OVERDUE
from .states import Side


def tell_lender(loan: LoanRequest) -> None:
    for person in _people(loan, Side.LENDER):
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
    tells_borrower = side == Side.LENDER or (side is None and gone == loan.resource.publisher)
    told = Side.BORROWER if tells_borrower else Side.LENDER
    for person in _people(loan, told):
        if person.pk != step.by_id:
            queue_mail(
                DECIDED, to=person, dedupe_key=f"{DECIDED.code}:{loan.pk}:{step.state}:{person.pk}",
                context={"loan": loan, "step": step, "tells_borrower": tells_borrower},
                refers_to={"loan": loan.pk, "state": step.state, "actor": loan.actor_of(told).pk},
            )  # fmt: skip


def remind(loan: LoanRequest, side: Side) -> None:
    """Its last day is over, and its return is not noted."""
    for person in _people(loan, side):
        queue_mail(
            OVERDUE, to=person, dedupe_key=f"{OVERDUE.code}:{loan.pk}:{side}:{person.pk}",
            context={"loan": loan, "tells_borrower": side == Side.BORROWER},
            refers_to={"loan": loan.pk, "state": loan.state, "actor": loan.actor_of(side).pk},
        )  # fmt: skip


def _people(loan: LoanRequest, side: Side) -> list[User]:
    """Owners answer for what their actor lends; owners and editors read what concerns who borrows."""
    members = Membership.objects.active().filter(actor=loan.actor_of(side))
    members = members.writers() if side == Side.BORROWER else members.owners()
    return list(User.objects.filter(memberships__in=members).order_by("pk").distinct())
