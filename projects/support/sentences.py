"""What happened to a request, in a sentence: its history and its mails say the same."""

from typing import Any

from django.utils.translation import gettext as _

from .states import Side, SupportState


def told(before: str, after: str, side: str, expert: Any) -> str:
    name = {"expert": expert or _("un acteur")}
    match (before, after):
        case ("", SupportState.WAITING):
            return _("La demande est adressée à l'équipe d'animation.")
        case (_any, SupportState.ASKED):
            return _("La demande est proposée à %(expert)s.") % name
        case (SupportState.ASKED, SupportState.UNDER_WAY):
            return _("%(expert)s accepte d'aider.") % name
        case (SupportState.DONE, SupportState.UNDER_WAY):
            return _("L'accompagnement n'est pas fini : il reprend.")
        case (_any, SupportState.UNDER_WAY):
            return _("L'équipe d'animation s'en charge.")
        case (SupportState.ASKED, SupportState.WAITING) if side == Side.EXPERT:
            return _("%(expert)s ne peut pas donner suite : l'équipe d'animation cherche qui peut aider.") % name
        case (SupportState.ASKED, SupportState.WAITING):
            return _("La demande n'est plus adressée à %(expert)s.") % name
        case (_any, SupportState.WAITING):
            return _("L'accompagnement s'arrête : l'équipe d'animation cherche qui peut le reprendre.")
        case (_any, SupportState.DONE):
            return _("L'accompagnement est fait.")
        case (_any, SupportState.CONFIRMED):
            return _("La fin de l'accompagnement est confirmée.")
    return _("La demande est retirée.")
