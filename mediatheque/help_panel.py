"""The panel of resources that help, for the rooms above: each says what its own page is about."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from coexist.common.panels import Panel, register_panel

from .helping import Work, helping

AFTER_THE_OTHERS = 10


def register_help(subject: str, work_of: Callable[[Any], Work | None]) -> None:
    """`work_of` gives what somebody works on there, or None where nothing is to be looked for."""

    def rows(about: Any, user: Any) -> list:
        work = work_of(about)
        return helping(work) if work else []

    register_panel(Panel(subject, _("Ressources utiles"), "mediatheque/_help_panel.html", rows, order=AFTER_THE_OTHERS))
