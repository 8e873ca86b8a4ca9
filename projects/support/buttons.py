"""The decisions that a request's page offers to whoever may take them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from .forms import MoveForm
from .models import SupportRequest
from .states import HELPED, MOVES, Side, SupportState


@dataclass(frozen=True)
class Button:
    to: str
    label: str
    needs_why: bool
    form: Form

    @property
    def is_yes(self) -> bool:
        return not self.needs_why


def buttons(
    support: SupportRequest, sides: Collection[Side], may: Iterable[SupportState], refused: Form | None
) -> list[Button]:
    """One for each state that takes no page of its own, the reason asked for where it is needed."""
    found = []
    for to in may:
        if to in HELPED or to == SupportState.ASKED:
            continue
        move = MOVES[(SupportState(support.state), to)]
        form: Any = MoveForm(initial={"seen": support.turn, "to": to}, auto_id=f"id_{to}_%s")
        if isinstance(refused, MoveForm) and refused.data.get("to") == to:
            form, refused.auto_id = refused, f"id_{to}_%s"
        found.append(Button(to, _label(support.state, to, Side.EXPERT in sides), move.needs_why, form))
    return found


def _label(before: str, to: str, by_expert: bool) -> str:
    match (before, to):
        case (SupportState.ASKED, SupportState.UNDER_WAY):
            return _("Accepter")
        case (SupportState.DONE, SupportState.UNDER_WAY):
            return _("Ce n'est pas fini")
        case (_any, SupportState.UNDER_WAY):
            return _("Je m'en charge")
        case (SupportState.ASKED, SupportState.WAITING):
            return _("Décliner") if by_expert else _("Ne plus demander à cet expert")
        case (_any, SupportState.WAITING):
            return _("Rendre la demande à l'équipe d'animation")
    return _("Retirer la demande")
