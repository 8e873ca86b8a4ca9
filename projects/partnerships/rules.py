"""Who may ask, accept and decline."""

from typing import Any

from actors.models import Actor
from actors.rules import can_write_for, has_verified_email
from projects.models import Need

from .enums import IntroductionState
from .models import Introduction


def can_speak_for(user: Any, actor: Actor) -> bool:
    """Only an approved actor addresses another, and only through its owners and editors."""
    return actor.is_approved and can_write_for(user, actor) and has_verified_email(user)


def answering_actors(user: Any, need: Need) -> Any:
    """Approved actors in whose name `user` may answer `need`."""
    return Actor.objects.written_by(user).approved().exclude(pk=need.project.lead_id).order_by("name")


def can_answer(user: Any, introduction: Introduction) -> bool:
    return introduction.state == IntroductionState.PROPOSED and can_speak_for(user, introduction.asked)
