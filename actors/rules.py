"""Who may do what with actors. Seeing is in querysets.py."""

from typing import Any

from allauth.account.models import EmailAddress

from .enums import ActorState, Role
from .models import Actor

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
    return actor.state not in (ActorState.SUSPENDED, ActorState.ARCHIVED) and role_of(user, actor) in WRITERS


def can_submit(user: Any, actor: Actor) -> bool:
    return can_write_for(user, actor) and actor.state in CAN_BE_SUBMITTED and has_verified_email(user)


def may_export(user: Any) -> bool:
    """Lists leave the site with people whose address is confirmed."""
    return bool(user.is_authenticated and has_verified_email(user))


def can_decide(user: Any) -> bool:
    """Animators approve, ask for changes, refuse, suspend."""
    return bool(user.is_active and user.is_staff and user.has_perm("actors.change_actor"))
