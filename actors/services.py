"""Writing actors and offers, with the audit row in the same transaction."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from coexist.common.slugs import free_slug

from .derived import refresh_derived
from .enums import ActorState, Role
from .mails import tell_decision
from .models import Actor, ActorDecision, Membership, Offer, Skill, User
from .positions import place
from .rules import CAN_BE_SUBMITTED
from .signals import actor_approved, actor_left, offers_changed
from .skills.detection import detect

TOLD_TO_OWNERS = (ActorState.APPROVED, ActorState.CHANGES_ASKED, ActorState.REFUSED, ActorState.SUSPENDED)


class StateError(Exception):
    """The actor is no longer in a state from which this can be done."""


@transaction.atomic
def create_actor(*, actor: Actor, acting_user: User) -> Actor:
    """Keep a new actor as a draft, owned by who made it."""
    actor.slug, actor.created_by, actor.state = free_slug(Actor, actor.name), acting_user, ActorState.DRAFT
    place(actor)
    actor.save()
    refresh_derived([actor.pk])
    Membership.objects.create(actor=actor, user=acting_user, role=Role.OWNER)
    return actor


@transaction.atomic
def update_actor(*, actor: Actor, acting_user: User) -> Actor:
    """Save an edited profile; an approved one stays visible and is matched anew."""
    actor.confirmed_at = timezone.now()
    place(actor)
    actor.save()
    announce_change(actor)
    return actor


@transaction.atomic
def move_pin(*, actor: Actor, position: tuple[float, float] | None, acting_user: User) -> None:
    """Put the actor's pin at a latitude and longitude of its members' choice; None: back to its address."""
    locked = _locked(actor)
    locked.position_is_chosen = position is not None
    if position is not None:
        locked.latitude, locked.longitude = position
    place(locked)
    locked.save(update_fields=["latitude", "longitude", "position_is_chosen"])


@transaction.atomic
def submit_actor(*, actor: Actor, acting_user: User) -> None:
    """Send a draft, refused or incomplete profile to the animators."""
    locked = _locked(actor)
    if locked.state not in CAN_BE_SUBMITTED:
        raise StateError(locked.get_state_display())
    _change_state(locked, ActorState.WAITING, by=acting_user, reason="")


@transaction.atomic
def decide(*, actor: Actor, state: ActorState, reason: str, acting_user: User) -> ActorDecision | None:
    """Approve, ask for changes, refuse, suspend, archive; None when it was already so.

    The owners get the reason by mail; approval and departure are told to the apps above.
    """
    locked = _locked(actor)
    if locked.state == state:
        return None
    was_approved = locked.is_approved
    decision = _change_state(locked, state, by=acting_user, reason=reason)
    if state in TOLD_TO_OWNERS:
        tell_decision(decision)
    if state == ActorState.APPROVED:
        actor_approved.send(sender=Actor, actor=locked)
    elif was_approved:
        actor_left.send(sender=Actor, actor=locked)
    return decision


@transaction.atomic
def save_offer(*, offer: Offer, skills: Iterable[Skill] | None, acting_user: User | None) -> Offer:
    """Save an offer. `skills=None` lets the taxonomy read them in the title."""
    offer.save()
    offer.skills.set(skills if skills is not None else detected_skills(offer.title))
    announce_change(offer.actor)
    return offer


@transaction.atomic
def delete_offer(*, offer: Offer, acting_user: User) -> None:
    actor = offer.actor
    offer.delete()
    announce_change(actor)


def detected_skills(title: str) -> list[int]:
    """Keys of the skills that a title names.

    Details are not read: a word said in passing there ("visioconférence") names what one does not
    offer, and reading it made matching no better (docs/matching.md).
    """
    return [mention.skill for mention in detect(title)]


def announce_change(actor: Actor) -> None:
    """Profile or offers changed: the directory is brought up to date, and the apps above are told."""
    refresh_derived([actor.pk])
    if actor.is_approved:
        offers_changed.send(sender=Actor, actor=actor)


def _locked(actor: Actor) -> Actor:
    return Actor.objects.select_for_update().get(pk=actor.pk)


def _change_state(actor: Actor, state: ActorState, *, by: User, reason: str) -> ActorDecision:
    now = timezone.now()
    actor.state = state
    if state == ActorState.WAITING:
        actor.submitted_at = now
    if state == ActorState.APPROVED:
        actor.approved_at = actor.confirmed_at = now
    actor.save(update_fields=["state", "submitted_at", "approved_at", "confirmed_at"])
    return ActorDecision.objects.create(actor=actor, state=state, reason=reason, by=by)
