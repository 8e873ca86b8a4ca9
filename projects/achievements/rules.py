"""Who may do what with achievements. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet

from actors.querysets import may_see_all
from projects.following.models import Partnership
from projects.following.rules import own_parties
from projects.following.stages import PartnershipStage

from .models import Achievement, Contribution


def can_tell(user: Any, partnership: Partnership) -> bool:
    """Owners and editors of a side, once the partnership is completed; animators ask for changes instead."""
    return partnership.stage == PartnershipStage.COMPLETED and own_parties(user, partnership).exists()


def own_contributions(user: Any, achievement: Achievement) -> QuerySet[Contribution]:
    """The sides that `user` speaks for."""
    actors = own_parties(user, achievement.partnership).values("actor")
    return achievement.contributions.filter(actor__in=actors)


def can_speak_for(user: Any, contribution: Contribution) -> bool:
    return own_contributions(user, contribution.achievement).filter(pk=contribution.pk).exists()


def can_decide(user: Any) -> bool:
    """Animators publish, ask for changes, refuse."""
    return bool(user.is_active and may_see_all(user, "achievements.change_achievement"))
