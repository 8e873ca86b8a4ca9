"""A page shows what later apps know about it, without knowing those apps.

A panel is declared by the app that owns the rows: for which subject, which rows this person may
see, and the template that shows them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

SHOWN = 6  # rows in a panel; its template links to the rest


@dataclass(frozen=True)
class Panel:
    subject: str
    title: Any  # a lazy translation
    template: str
    rows: Callable[[Any, Any], Iterable]  # (object, user) -> rows that user may see
    order: int = 0  # lower on the page where it is higher; else as the apps were loaded


@dataclass(frozen=True)
class ShownPanel:
    title: Any
    template: str
    rows: list


_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    _panels.append(panel)


def panels_for(subject: str, about: Any, user: Any) -> list[ShownPanel]:
    """The panels of one page, without the empty ones."""
    shown = [
        ShownPanel(panel.title, panel.template, list(panel.rows(about, user)[:SHOWN]))  # type: ignore[index]
        for panel in sorted(_panels, key=lambda panel: panel.order)
        if panel.subject == subject
    ]
    return [panel for panel in shown if panel.rows]
