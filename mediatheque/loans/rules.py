"""Who may ask to borrow, and who answers."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Actor
from actors.rules import can_commit, can_write_for

from ..models import LoanRequest, Resource
from .states import MOVES, LoanState, Side, is_time

MOST_OPEN = 10  # requests of one actor that wait for an answer
LONGEST = 366  # days of a loan
AHEAD = 2 * 366  # days from today to its first one


def borrowers(user: Any, resource: Resource) -> QuerySet[Actor]:
    """In whose name a person may ask for it: approved actors, but the one that lends it."""
    written = Actor.objects.written_by(user).approved()
    return written.exclude(pk=resource.publisher_id).order_by("name_key")


def sides_of(user: Any, loan: LoanRequest) -> set[Side]:
    """Owners answer for what their actor lends; owners and editors speak for who asked."""
    speaks = {Side.LENDER: can_commit, Side.BORROWER: can_write_for}
    return {side for side, may in speaks.items() if may(user, loan.actor_of(side))}


def moves_of(loan: LoanRequest, sides: set[Side], today: date | None = None) -> list[LoanState]:
    """Where people of these sides may take it today."""
    today = today or timezone.localdate()
    return [
        to for (before, to), move in MOVES.items()
        if before == loan.state and move.by in sides and is_time(move, loan.starts_on, today)
    ]  # fmt: skip
