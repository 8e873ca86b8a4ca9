"""Who may do what with requests for help. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet

from actors.models import Actor, User
from actors.people import staff_with
from actors.querysets import may_see_all
from actors.rules import has_verified_email, who_may_take_on

from .models import SupportRequest
from .states import Side, SupportState

MOST_OPEN = 3  # requests of one actor that have not ended


def is_animator(user: Any) -> bool:
    """Sees every request: the list, the sheet."""
    return may_see_all(user, "support.view_supportrequest")


def can_animate(user: Any) -> bool:
    return is_animator(user) and user.is_active and user.has_perm("support.change_supportrequest")


def may_ask_for(user: Any) -> QuerySet[Actor]:
    """In whose name `user` may ask: approved actors that the person writes for, with a confirmed address."""
    if not user.is_authenticated or not has_verified_email(user):
        return Actor.objects.none()
    return Actor.objects.written_by(user).approved()


def sides_of(user: Any, support: SupportRequest) -> set[Side]:
    """For which sides `user` may act; a reader, and whoever acts for a suspended actor, for none."""
    sides = {Side.ANIMATOR} if can_animate(user) else set()
    keys = set(may_ask_for(user).filter(pk__in=[support.actor_id, support.expert_id]).values_list("pk", flat=True))
    if support.actor_id in keys:
        sides.add(Side.ASKER)
    if support.expert_id in keys:
        sides.add(Side.EXPERT)
    return sides


def working_sides(sides: set[Side], support: SupportRequest) -> set[Side]:
    """Who notes and plans: both sides and the animators while it is open; an expert once it has accepted."""
    if not support.is_open:
        return set()
    return sides - {Side.EXPERT} if support.state == SupportState.ASKED else sides


def side_of(sides: set[Side]) -> Side:
    """As whom somebody of several sides speaks: as a member before as an animator."""
    return next(side for side in Side if side in sides)


def animators() -> QuerySet[User]:
    """Staff who may follow a request."""
    return staff_with("support", "change_supportrequest")


def people_of(support: SupportRequest) -> QuerySet[User]:
    """Who may take on a next step: owners and editors of both sides, and the animator who follows it."""
    actors = [key for key in (support.actor_id, support.expert_id) if key]
    return who_may_take_on(actors, animator=support.animator_id)
