"""Changing who acts for an actor. An actor that has an owner never loses its last one here.

Each change locks the actor's row first: of two owners who leave at the same moment, the second finds
itself the last.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import MembershipChange, Role
from ..models import Actor, Membership, MembershipEvent, User
from .mails import tell_animators_of_ownerless, tell_membership_changed
from .trail import note


class MembershipError(Exception):
    """The change cannot be made; the text says why, to the person who asked."""


def add_member(*, actor: Actor, user: User, role: str, acting_user: User | None) -> Membership:
    """Make somebody a member, or raise the role of who is one already. Inside the caller's transaction."""
    member, is_new = Membership.objects.select_for_update().get_or_create(
        actor=actor, user=user, defaults={"role": role}
    )
    if not is_new and _rank(role) > _rank(member.role):
        member.role = role
        member.save(update_fields=["role"])
        note(actor, MembershipChange.ROLE_CHANGED, by=acting_user, person=user, role=role)
    elif is_new:
        note(actor, MembershipChange.JOINED, by=acting_user, person=user, role=role)
    return member


@transaction.atomic
def change_role(*, membership: Membership, role: str, acting_user: User) -> None:
    member = _locked(membership)
    if member.role == role:
        return
    if role != Role.OWNER:
        _refuse_if_last_owner(member, _("Un acteur garde au moins un responsable : nommez-en d'abord un autre."))
    member.role = role
    member.save(update_fields=["role"])
    event = note(member.actor, MembershipChange.ROLE_CHANGED, by=acting_user, person=member.user, role=role)
    if member.user != acting_user:
        tell_membership_changed(event)


@transaction.atomic
def remove_member(*, membership: Membership, acting_user: User) -> None:
    member = _locked(membership)
    _refuse_if_last_owner(member, _("Un acteur garde au moins un responsable : nommez-en d'abord un autre."))
    member.delete()
    tell_membership_changed(
        note(member.actor, MembershipChange.REMOVED, by=acting_user, person=member.user, role=member.role)
    )


@transaction.atomic
def leave(*, actor: Actor, acting_user: User) -> None:
    membership = actor.memberships.filter(user=acting_user).first()
    if membership is None:  # the second of two clicks
        return
    member = _locked(membership)
    _refuse_if_last_owner(
        member, _("Vous êtes le seul responsable : nommez-en d'abord un autre, ou écrivez à l'équipe d'animation.")
    )
    member.delete()
    note(actor, MembershipChange.LEFT, by=acting_user, person=acting_user, role=member.role)


def has_owner(actor: Actor) -> bool:
    """An owner whose account is open."""
    return actor.memberships.owners().active().exists()


def owned_by_nobody_else(user: User) -> list[Actor]:
    """Actors that lose their last owner when this person's account closes."""
    others = Membership.objects.owners().active().exclude(user=user)
    owned = Membership.objects.owners().filter(user=user).exclude(actor__in=others.values("actor"))
    return list(Actor.objects.filter(pk__in=owned.values("actor")).order_by("pk"))


def announce_ownerless(actors: Iterable[Actor]) -> None:
    """Tell the animators which actors have no owner any more: an account was closed or erased.

    Call it in the transaction that closes the account, with what `owned_by_nobody_else` said before.
    """
    for actor in actors:
        if not has_owner(actor):
            tell_animators_of_ownerless(actor)


def was_member(user: Any, actor: Actor) -> bool:
    """Somebody who acted for the actor once, and does no more."""
    if not user.is_authenticated:
        return False
    gone = (MembershipChange.REMOVED, MembershipChange.LEFT)
    return (
        MembershipEvent.objects.filter(actor=actor, person=user, what__in=gone).exists()
        and not actor.memberships.filter(user=user).exists()
    )


def lock(actor_pk: int) -> None:
    """One change of an actor's members at a time. Rows that refer to the actor may be written meanwhile."""
    Actor.objects.select_for_update(no_key=True).only("pk").get(pk=actor_pk)


def _rank(role: str) -> int:
    return [Role.READER, Role.EDITOR, Role.OWNER].index(Role(role))


def _locked(membership: Membership) -> Membership:
    """The row as it is now, its actor locked."""
    lock(membership.actor_id)
    member = Membership.objects.select_related("actor", "user").filter(pk=membership.pk).first()
    if member is None:
        raise MembershipError(_("Cette personne n'est plus membre."))
    return member


def _refuse_if_last_owner(member: Membership, why: str) -> None:
    others = member.actor.memberships.owners().active().exclude(pk=member.pk)
    if member.role == Role.OWNER and not others.exists():
        raise MembershipError(why)
