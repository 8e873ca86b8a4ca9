"""What happened to a request, in a sentence: its history and its mails say the same."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from .states import Side, SupportState

W, A, U, D, C, X = SupportState
ANY = None
# From, to, decided by; the first that fits.
SENTENCES = (
    ("", W, ANY, _("La demande est adressée à l'équipe d'animation.")),
    (ANY, A, ANY, _("La demande est proposée à %(expert)s.")),
    (A, U, ANY, _("%(expert)s accepte d'aider.")),
    (D, U, ANY, _("L'accompagnement n'est pas fini : il reprend.")),
    (ANY, U, ANY, _("L'équipe d'animation s'en charge.")),
    (A, W, Side.EXPERT, _("%(expert)s ne peut pas donner suite : l'équipe d'animation cherche qui peut aider.")),
    (A, W, ANY, _("La demande n'est plus adressée à %(expert)s.")),
    (ANY, W, ANY, _("L'accompagnement s'arrête : l'équipe d'animation cherche qui peut le reprendre.")),
    (ANY, D, ANY, _("L'accompagnement est fait.")),
    (ANY, C, ANY, _("La fin de l'accompagnement est confirmée.")),
    (ANY, X, ANY, _("La demande est retirée.")),
)


def told(before: str, after: str, side: str, expert: Any) -> str:
    happened = (before, after, side)
    *_pattern, sentence = next(
        row for row in SENTENCES if all(part in (ANY, fact) for part, fact in zip(row[:3], happened, strict=True))
    )
    return str(sentence) % {"expert": expert or now("un acteur")}
