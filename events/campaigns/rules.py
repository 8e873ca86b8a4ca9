"""Who may do what with campaigns and proposals. Seeing is in querysets.py."""

from typing import Any

from django.db.models import QuerySet

from actors.enums import ActorState
from actors.models import Actor
from actors.querysets import may_see_all
from actors.rules import can_write_for, has_verified_email

from .enums import STANDING, ProposalState
from .models import Campaign, Coordination


def can_animate(user: Any) -> bool:
    """Every ground, and those without a coordinator."""
    return may_see_all(user, "campaigns.change_campaign") and user.is_active


def grounds_of(user: Any, campaign: Campaign) -> list[str]:
    """Territories that `user` moderates, by code; all of the campaign's for animators."""
    if can_animate(user):
        return sorted({*campaign.territories, *campaign.coordinations.values_list("territory", flat=True)})
    if not user.is_authenticated:
        return []
    own = Coordination.objects.written_by(user).filter(campaign=campaign)
    return sorted(set(own.values_list("territory", flat=True)))


def can_moderate(user: Any, proposal: Any) -> bool:
    """Whoever coordinates the ground, whatever state the proposal is in."""
    return type(proposal)._default_manager.moderated_by(user).filter(pk=proposal.pk).exists()


def awaits_decision(proposal: Any) -> bool:
    return proposal.is_undecided and proposal.campaign.is_under_way


def can_decide(user: Any, proposal: Any) -> bool:
    return awaits_decision(proposal) and can_moderate(user, proposal)


def is_own(user: Any, proposal: Any) -> bool:
    """Who proposed it, and who writes for the structure."""
    if not user.is_authenticated:
        return False
    owner = proposal.owner
    return proposal.proposer_id == user.pk or (owner is not None and can_write_for(user, owner))


def can_answer(proposal: Any) -> bool:
    """Its own people, once a coordinator asked for something."""
    return proposal.state == ProposalState.CHANGES_ASKED and proposal.campaign.is_under_way


def can_withdraw(proposal: Any) -> bool:
    return proposal.state in STANDING and proposal.campaign.is_under_way


def may_propose_for(user: Any) -> QuerySet[Actor]:
    """In whose name `user` may propose: whatever waits for approval waits as events do."""
    if not user.is_authenticated or not has_verified_email(user):
        return Actor.objects.none()
    return Actor.objects.writable_by(user).exclude(state=ActorState.REFUSED).without_index().order_by("name_key")
