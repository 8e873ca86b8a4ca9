"""Inviting by mail. The link holds a token that works once, for 14 days, for the address it was sent to."""

import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coexist.common import audit_log

from ..enums import ActorState, InvitationState, MembershipChange
from ..models import Actor, Invitation, Membership, User
from ..models.invitation import VALID_FOR
from .mails import send_invitation
from .members import add_member, lock
from .trail import note

TOKEN_BYTES = 32
# An address is not written to without end, whoever asks.
MOST_SENDS = 5
MOST_OPEN = 100


class InvitationError(Exception):
    """The invitation cannot be sent or used; the text says why, to the person who asked."""


@transaction.atomic
def invite(*, actor: Actor, email: str, role: str, acting_user: User, as_owner_notice: str | None = None) -> Invitation:
    """Invite an address to act for the actor; an open invitation of the same address is sent again.

    `as_owner_notice` is for actors that somebody else described, such as imported ones: the mail then
    says "your organisation is listed, take its page in hand", with this text about where the address
    comes from and which rights the person has (RGPD, art. 14). The actor may have no owner yet.
    """
    email = email.strip().lower()
    lock(actor.pk)
    if holders_of(email).filter(memberships__actor=actor).exists():
        raise InvitationError(_("Cette personne est déjà membre."))
    waiting = actor.invitations.unanswered()
    earlier = waiting.filter(email=email).first()
    if earlier is not None:
        earlier.role = role
        return _send_again(earlier, acting_user)
    if waiting.count() >= MOST_OPEN:
        raise InvitationError(_("Trop d'invitations attendent une réponse : annulez-en d'abord."))
    token, token_hash = _new_token()
    invitation = Invitation.objects.create(
        actor=actor, email=email, role=role, token_hash=token_hash, owner_notice=as_owner_notice or "",
        invited_by=acting_user, expires_at=timezone.now() + VALID_FOR,
    )  # fmt: skip
    note(actor, MembershipChange.INVITED, by=acting_user, role=role)
    send_invitation(invitation, token, _person_at(email))
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, acting_user: User) -> Invitation:
    """A new link, valid for 14 days; the earlier one stops working."""
    locked = _locked(invitation)
    if locked.state not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise InvitationError(_("Cette invitation n'attend plus de réponse."))
    return _send_again(locked, acting_user)


@transaction.atomic
def revoke(*, invitation: Invitation, acting_user: User) -> None:
    locked = _locked(invitation)
    if locked.state == InvitationState.ACCEPTED:
        raise InvitationError(_("Cette invitation vient d'être acceptée : retirez plutôt le membre."))
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by = timezone.now(), acting_user
        locked.save(update_fields=["revoked_at", "revoked_by"])
        note(locked.actor, MembershipChange.INVITATION_REVOKED, by=acting_user, role=locked.role)


@transaction.atomic
def accept(*, invitation: Invitation, acting_user: User) -> Membership:
    """Join. Only with the invited address, proved; only once."""
    locked = _locked(invitation)
    if locked.state != InvitationState.OPEN:
        raise InvitationError(_("Cette invitation n'est plus valable."))
    if not is_for(locked, acting_user):
        raise InvitationError(_("Cette invitation a été envoyée à une autre adresse."))
    if not can_be_joined(locked.actor):
        raise InvitationError(_("Cet acteur n'accueille plus de membres pour l'instant."))
    locked.accepted_at, locked.accepted_by = timezone.now(), acting_user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    audit_log.record("invitation.accepted", invitation=locked.pk, actor=locked.actor_id, by=acting_user.pk)
    return add_member(actor=locked.actor, user=acting_user, role=locked.role, acting_user=acting_user)


def find(token: str) -> Invitation | None:
    """By its link, in whatever state; None for a forged or replaced one."""
    return Invitation.objects.select_related("actor", "invited_by").filter(token_hash=_hash(token)).first()


def is_for(invitation: Invitation, user: User) -> bool:
    """The person holds the invited address, and has proved it."""
    return holders_of(invitation.email).filter(pk=user.pk).exists()


def can_be_joined(actor: Actor) -> bool:
    return actor.state not in (ActorState.SUSPENDED, ActorState.ARCHIVED)


def holders_of(email: str):
    """Who proved to hold the address: nobody or one person."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return User.objects.filter(pk__in=proved.values("user"))


def _send_again(invitation: Invitation, acting_user: User) -> Invitation:
    if invitation.times_sent >= MOST_SENDS:
        raise InvitationError(_("Cette adresse a déjà reçu %(count)d invitations.") % {"count": MOST_SENDS})
    token, invitation.token_hash = _new_token()
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID_FOR
    invitation.times_sent += 1
    invitation.save(update_fields=["role", "token_hash", "sent_at", "expires_at", "times_sent"])
    note(invitation.actor, MembershipChange.INVITED_AGAIN, by=acting_user, role=invitation.role)
    send_invitation(invitation, token, _person_at(invitation.email))
    return invitation


def _person_at(email: str) -> User | None:
    return User.objects.filter(email=email, is_active=True).first()


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("actor").get(pk=invitation.pk)


def _new_token() -> tuple[str, str]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, _hash(token)


def _hash(token: str) -> str:
    """A fast hash is enough: 256 random bits cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
