"""Who may ask, accept and decline."""

from typing import Any

from actors.models import Actor
from actors.rules import can_write_for, has_verified_email

from .enums import IntroductionState
from .models import Introduction


def can_speak_for(user: Any, actor: Actor) -> bool:
    """Only an approved actor addresses another, and only through its owners and editors."""
    return actor.is_approved and can_write_for(user, actor) and has_verified_email(user)


def can_answer(user: Any, introduction: Introduction) -> bool:
    return introduction.state == IntroductionState.PROPOSED and can_speak_for(user, introduction.asked)
