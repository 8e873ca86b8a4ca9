""" "C'est mon organisation": asking to act for an actor, and the answer."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coexist.common import audit_log

from ..enums import ClaimState, MembershipChange
from ..models import Actor, MembershipClaim, User
from .mails import tell_claim, tell_claim_answer
from .members import add_member
from .trail import note


class ClaimError(Exception):
    """The claim cannot be made or answered; the text says why, to the person who asked."""


def claim(*, actor: Actor, message: str, acting_user: User) -> tuple[MembershipClaim, bool]:
    """Ask; the claim and whether it is new. The owners are told, or the animators find it in their queue."""
    try:
        with transaction.atomic():
            made, is_new = MembershipClaim.objects.get_or_create(
                actor=actor, user=acting_user, state=ClaimState.WAITING, defaults={"message": message}
            )
            if is_new:
                note(actor, MembershipChange.CLAIMED, by=acting_user, person=acting_user)
                tell_claim(made)
    except IntegrityError:  # the other of two clicks was a moment earlier
        return MembershipClaim.objects.waiting().get(actor=actor, user=acting_user), False
    return made, is_new


@transaction.atomic
def accept(*, claim: MembershipClaim, role: str, reason: str, acting_user: User) -> None:
    locked = _locked(claim)
    if not locked.actor.is_approved:
        raise ClaimError(_("Cet acteur n'est pas validé pour l'instant : la demande attend."))
    _decide(locked, ClaimState.ACCEPTED, role=role, reason=reason, by=acting_user)
    add_member(actor=locked.actor, user=locked.user, role=role, acting_user=acting_user)
    tell_claim_answer(locked)


@transaction.atomic
def decline(*, claim: MembershipClaim, reason: str, acting_user: User) -> None:
    locked = _locked(claim)
    _decide(locked, ClaimState.DECLINED, role="", reason=reason, by=acting_user)
    note(locked.actor, MembershipChange.CLAIM_DECLINED, by=acting_user, person=locked.user)
    tell_claim_answer(locked)


def _locked(claim: MembershipClaim) -> MembershipClaim:
    found = MembershipClaim.objects.select_for_update(of=("self",)).select_related("actor", "user").get(pk=claim.pk)
    if not found.is_waiting:
        raise ClaimError(_("Cette demande a déjà reçu une réponse."))
    return found


def _decide(claim: MembershipClaim, state: ClaimState, *, role: str, reason: str, by: User) -> None:
    claim.state, claim.role, claim.reason = state, role, reason
    claim.decided_at, claim.decided_by = timezone.now(), by
    claim.save(update_fields=["state", "role", "reason", "decided_at", "decided_by"])
    audit_log.record(f"claim.{state}", claim=claim.pk, actor=claim.actor_id, person=claim.user_id, by=by.pk)
