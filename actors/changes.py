"""What an actor says now, against what the animators approved."""

from dataclasses import dataclass

from .models import Actor


@dataclass(frozen=True)
class Difference:
    """One line for an animator; "" before is something new, "" after something taken away."""

    label: str
    before: str
    after: str


def differences(actor: Actor) -> list[Difference]:
    """What changed since the last approval."""
    return []
