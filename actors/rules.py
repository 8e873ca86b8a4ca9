"""Who may do what with actors. Seeing is in querysets.py."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from .enums import ActorState, Role
from .models import Actor, Membership, MembershipClaim, User
from .querysets import SILENT, may_see_all

WRITERS = (Role.OWNER, Role.EDITOR)
# From these states an actor may be sent (again) for approval.
CAN_BE_SUBMITTED = (ActorState.DRAFT, ActorState.CHANGES_ASKED, ActorState.REFUSED)


def has_verified_email(user: Any) -> bool:
    """Nothing is published in the name of an address that nobody proved to hold."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def role_of(user: Any, actor: Actor) -> str | None:
    if not user.is_authenticated:
        return None
    return actor.memberships.filter(user=user).values_list("role", flat=True).first()


def can_write_for(user: Any, actor: Actor) -> bool:
    """Owners and editors write in the actor's name; a suspended or archived actor says nothing."""
    return actor.state not in SILENT and role_of(user, actor) in WRITERS


def can_commit(user: Any, actor: Actor) -> bool:
    """Owners decide what binds the actor: its members, what it lends; nobody does for a suspended or archived one."""
    return actor.state not in SILENT and role_of(user, actor) == Role.OWNER


def who_may_take_on(actors: QuerySet | Iterable[Actor | int], *, animator: int | None) -> QuerySet[User]:
    """For a step in common: owners and editors of `actors`, and the animator who follows; by name."""
    writers = Membership.objects.writers().filter(user=OuterRef("pk"), actor__in=actors)
    people = User.objects.filter(Q(Exists(writers)) | Q(pk=animator), is_active=True)
    return people.order_by("name", "pk")


def can_submit(user: Any, actor: Actor) -> bool:
    return can_write_for(user, actor) and actor.state in CAN_BE_SUBMITTED and has_verified_email(user)


def may_export(user: Any) -> bool:
    """Lists leave the site with people whose address is confirmed."""
    return bool(user.is_authenticated and has_verified_email(user))


def can_decide(user: Any) -> bool:
    """Animators approve, ask for changes, refuse, suspend."""
    return bool(user.is_active and user.is_staff and user.has_perm("actors.change_actor"))


def can_see_members(user: Any, actor: Actor) -> bool:
    """Everybody who is in it, and animators."""
    return role_of(user, actor) is not None or may_see_all(user, "actors.view_membership")


def can_manage_members(user: Any, actor: Actor) -> bool:
    """Owners invite, change roles, remove and answer claims."""
    return can_commit(user, actor)


def can_claim(user: Any, actor: Actor) -> bool:
    """Whoever is not in it yet may say that it is theirs, once it is public."""
    return bool(user.is_authenticated and actor.is_approved and role_of(user, actor) is None)


def can_decide_claim(user: Any, claim: MembershipClaim) -> bool:
    return can_manage_members(user, claim.actor)


def can_decide_claim_for_nobody(user: Any, claim: MembershipClaim) -> bool:
    """Animators answer where no owner can."""
    allowed = user.is_active and user.is_staff and user.has_perm("actors.change_membershipclaim")
    return bool(allowed and not claim.actor.memberships.owners().active().exists())
