"""Who may do what with partnerships. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet

from actors.models import Actor, User
from actors.people import staff_with
from actors.querysets import may_see_all
from actors.rules import has_verified_email, who_may_take_on
from projects.partnerships.models import Introduction

from .models import Partnership


def is_animator(user: Any) -> bool:
    """Sees every partnership: the board, the list, the sheet."""
    return may_see_all(user, "following.view_partnership")


def can_animate(user: Any) -> bool:
    """Opens partnerships and says who follows them."""
    return is_animator(user) and user.is_active and user.has_perm("following.change_partnership")


def own_parties(user: Any, partnership: Partnership) -> QuerySet:
    """The sides that `user` speaks for: owners and editors of an approved actor, with a confirmed address."""
    if not has_verified_email(user):
        return partnership.parties.none()
    return partnership.parties.filter(actor__in=Actor.objects.written_by(user).approved())


def can_work_on(user: Any, partnership: Partnership) -> bool:
    """Each side's owners and editors, and animators; readers read."""
    return can_animate(user) or own_parties(user, partnership).exists()


def can_open_from(user: Any, introduction: Introduction) -> bool:
    if not introduction.is_accepted:
        return False
    sides = [introduction.actor_id, introduction.need.project.lead_id]
    speaks = Actor.objects.written_by(user).approved().filter(pk__in=sides).exists()
    return can_animate(user) or (speaks and has_verified_email(user))


def animators() -> QuerySet[User]:
    """Staff who may follow a partnership."""
    return staff_with("following", "change_partnership")


def people_of(partnership: Partnership) -> QuerySet[User]:
    """Who may take on a next step: owners and editors of its actors, and the animator who follows it."""
    return who_may_take_on(partnership.actors.values("pk"), animator=partnership.animator_id)
