"""Who may do what with events. Seeing is in querysets.py."""

from typing import Any

from actors.rules import can_write_for

from .enums import EventState
from .models import Event


def can_edit(user: Any, event: Event) -> bool:
    """Owners and editors of the organiser; co-organisers are named, they do not write."""
    return event.state != EventState.CANCELLED and can_write_for(user, event.organiser)


def can_cancel(user: Any, event: Event) -> bool:
    return event.state == EventState.PUBLISHED and can_write_for(user, event.organiser)
