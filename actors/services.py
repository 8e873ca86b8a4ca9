"""Writing actors and offers, with the audit row in the same transaction."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from coexist.common import audit_log
from coexist.common.freshness import COLUMNS
from coexist.common.history import recorded
from coexist.common.slugs import free_slug

from .changes import differences, mark_of, snapshot
from .contacts import ContactRow, save_contacts
from .derived import refresh_derived
from .enums import ActorState, Role
from .mails import tell_decision
from .models import Actor, ActorDecision, Membership, Offer, Skill, User
from .positions import place
from .rules import CAN_BE_SUBMITTED
from .signals import actor_approved, actor_left, offers_changed
from .skills.detection import detect

TOLD_TO_OWNERS = (ActorState.APPROVED, ActorState.CHANGES_ASKED, ActorState.REFUSED, ActorState.SUSPENDED)

DECIDED = {
    "slug", "state", "created_by", "submitted_at", "approved_at", "approved_version", "changed_at", "assigned_to",
    "snoozed_until", "merged_into",
}  # fmt: skip


# Columns that a change of state touches.
OF_A_DECISION = (
    "state", "submitted_at", "approved_at", "confirmed_at", "approved_version", "changed_at", "snoozed_until",
    *COLUMNS,
)  # fmt: skip


class StateError(Exception):
    """The actor is no longer in a state from which this can be done."""


@transaction.atomic
def create_actor(*, actor: Actor, acting_user: User, contacts: Iterable[ContactRow] = ()) -> Actor:
    """Keep a new actor as a draft, owned by who made it."""
    actor.slug, actor.created_by, actor.state = free_slug(Actor, actor.name), acting_user, ActorState.DRAFT
    place(actor)
    actor.save()
    refresh_derived([actor.pk])
    Membership.objects.create(actor=actor, user=acting_user, role=Role.OWNER)
    save_contacts(actor, contacts)
    return actor


@transaction.atomic
def update_actor(*, actor: Actor, acting_user: User, contacts: Iterable[ContactRow] = ()) -> Actor:
    """Save an edited profile; an approved one stays visible and is matched anew."""
    locked = _locked(actor)
    actor.state, actor.approved_version = locked.state, locked.approved_version
    actor.confirm()
    place(actor)
    actor.save(update_fields=_fields_of_a_profile())
    save_contacts(actor, contacts)
    announce_change(actor)
    return actor


@transaction.atomic
def bring_in_actor(*, actor: Actor, acting_user: User) -> Actor:
    """Keep an actor that an animator brings in from elsewhere: a draft that nobody owns yet."""
    actor.slug = actor.slug or free_slug(Actor, actor.name)
    actor.created_by, actor.state = acting_user, ActorState.DRAFT
    place(actor)
    with recorded(by=acting_user, why=gettext("Import")):
        actor.save()
    refresh_derived([actor.pk])
    return actor


@transaction.atomic
def complete_actor(*, actor: Actor, fields: Iterable[str], acting_user: User | None) -> Actor:
    """Save what was empty and came from elsewhere; only its own people confirm a profile."""
    place(actor)
    with recorded(by=acting_user, why=gettext("Import")):
        actor.save(update_fields={*fields, "latitude", "longitude"})
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
def decide(
    *, actor: Actor, state: ActorState, reason: str, acting_user: User, seen: str | None = None
) -> ActorDecision | None:
    """Approve, ask for changes, refuse, suspend, archive; None when it was already so.

    The owners get the reason by mail; approval and departure are told to the apps above.
    Raises StateError when the actor is no longer in the state `seen`, or lives on in another.
    """
    locked = _locked(actor)
    if locked.state == state:
        return None
    if locked.merged_into_id or (seen and locked.state != seen):
        raise StateError(locked.get_state_display())
    was_approved = locked.is_approved
    decision = _change_state(locked, state, by=acting_user, reason=reason)
    audit_log.record(f"actor.{state}", actor=locked.pk, by=acting_user.pk)
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
def delete_offer(*, offer: Offer, acting_user: User | None) -> None:
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
    """Profile or offers changed: the directory is brought up to date, the animators and the apps above are told."""
    refresh_derived([actor.pk])
    if actor.is_approved:
        note_change(actor)
        offers_changed.send(sender=Actor, actor=actor)


def note_change(actor: Actor) -> None:
    """Mark a profile that differs from the approved version, for the animators; unmark one that went back to it."""
    same = actor.approved_version is not None and not differences(actor)
    actor.changed_at = None if same else timezone.now()
    Actor.objects.filter(pk=actor.pk).update(changed_at=actor.changed_at)


@transaction.atomic
def accept_changes(*, actor: Actor, mark: str, acting_user: User) -> ActorDecision:
    """Take the present version of an approved profile for seen.

    Raises StateError when it is approved no more, or not the version of this mark any more.
    """
    locked = _locked(actor)
    version = snapshot(locked)
    if not locked.is_approved or mark_of(version) != mark:
        raise StateError(locked.get_state_display())
    locked.approved_version, locked.changed_at = version, None
    locked.save(update_fields=["approved_version", "changed_at"])
    reason = gettext("Nouvelle version du profil vue.")
    return ActorDecision.objects.create(actor=locked, state=ActorState.APPROVED, reason=reason, by=acting_user)


def _fields_of_a_profile() -> list[str]:
    """Everything but what animators decide: a decision taken while somebody was writing stays."""
    fields = [field for field in Actor._meta.concrete_fields if not field.generated and not field.primary_key]
    return [field.name for field in fields if field.name not in DECIDED]


def _locked(actor: Actor) -> Actor:
    """`no_key`: rows that only name the actor (matches, solicitations) are written meanwhile."""
    return Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)


def _change_state(actor: Actor, state: ActorState, *, by: User, reason: str) -> ActorDecision:
    now = timezone.now()
    actor.state = state
    if state == ActorState.WAITING:
        actor.submitted_at = now
    if state == ActorState.APPROVED:
        actor.confirm()
        actor.approved_at = actor.confirmed_at = now
        actor.approved_version, actor.changed_at = snapshot(actor), None
    actor.snoozed_until = None
    with recorded(why=reason, by=by):
        actor.save(update_fields=OF_A_DECISION)
    return ActorDecision.objects.create(actor=actor, state=state, reason=reason, by=by)
