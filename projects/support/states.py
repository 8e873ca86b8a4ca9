"""The states of a request for help, which may follow which, and who decides it. A pure table."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportState(models.TextChoices):
    WAITING = "waiting", _("à attribuer")
    ASKED = "asked", _("proposée à un expert")
    UNDER_WAY = "under_way", _("en cours")
    DONE = "done", _("faite, à confirmer")
    CONFIRMED = "confirmed", _("terminée")
    WITHDRAWN = "withdrawn", _("retirée")


class Side(models.TextChoices):
    ASKER = "asker", _("qui demande")
    EXPERT = "expert", _("expert")
    ANIMATOR = "animator", _("animation")


@dataclass(frozen=True)
class Move:
    by: tuple[Side, ...]
    needs_why: bool = False


W, A, U, D, C, X = (
    SupportState.WAITING, SupportState.ASKED, SupportState.UNDER_WAY, SupportState.DONE, SupportState.CONFIRMED,
    SupportState.WITHDRAWN,
)  # fmt: skip
# An expert that declines or gives back, and whoever takes a request back, leave it to the animators again.
MOVES = {
    (W, A): Move((Side.ANIMATOR, Side.ASKER)),
    (W, U): Move((Side.ANIMATOR,)),
    (W, X): Move((Side.ASKER, Side.ANIMATOR), needs_why=True),
    (A, U): Move((Side.EXPERT,)),
    (A, W): Move((Side.EXPERT, Side.ASKER, Side.ANIMATOR), needs_why=True),
    (A, X): Move((Side.ASKER, Side.ANIMATOR), needs_why=True),
    (U, D): Move((Side.EXPERT, Side.ANIMATOR)),
    (U, W): Move((Side.EXPERT, Side.ANIMATOR), needs_why=True),
    (U, X): Move((Side.ASKER, Side.ANIMATOR), needs_why=True),
    (D, C): Move((Side.ASKER,)),
    (D, U): Move((Side.ASKER,), needs_why=True),
}
OPEN = (W, A, U)
ENDED = (D, C, X)
HELPED = (D, C)


def moves_of(state: str, sides: Collection[str]) -> list[SupportState]:
    """Where somebody of these sides may take a request that is in `state`."""
    return [to for (before, to), move in MOVES.items() if before == state and set(move.by) & set(sides)]
