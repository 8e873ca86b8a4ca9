"""Who may write in a thread, close it, open it to the animators."""

from typing import Any

from actors.rules import role_of

from .. import rules
from ..enums import IntroductionState, Side
from ..models import Introduction

OPEN = (IntroductionState.PROPOSED, IntroductionState.ACCEPTED)


def side_of(user: Any, introduction: Introduction) -> Side | None:
    """For which side the person reads; the project's, for who is of both."""
    if role_of(user, introduction.need.project.lead):
        return Side.PROJECT
    return Side.ACTOR if role_of(user, introduction.actor) else None


def speaks_for(user: Any, introduction: Introduction) -> Side | None:
    """For which side the person may write."""
    if rules.can_speak_for(user, introduction.need.project.lead):
        return Side.PROJECT
    return Side.ACTOR if rules.can_speak_for(user, introduction.actor) else None


def may_write(introduction: Introduction, side: Side) -> bool:
    """Both once it is accepted. Before, who is asked may ask back; who asked only answers that: nobody is pressed."""
    if introduction.state == IntroductionState.ACCEPTED:
        return True
    if introduction.state != IntroductionState.PROPOSED:
        return False
    return introduction.side != side or introduction.messages.exclude(side=side).exists()


def may_close(introduction: Introduction, side: Side) -> bool:
    """Either side once it is accepted; before, who asked. Who is asked declines, with a reason that teaches."""
    if introduction.state == IntroductionState.ACCEPTED:
        return True
    return introduction.state == IntroductionState.PROPOSED and introduction.side == side
