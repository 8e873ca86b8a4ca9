"""Mails of a loan: somebody asks; the other side decided something; a return is overdue."""

from django.utils.translation import gettext_lazy as _

from actors.enums import ActorState
from actors.models import Actor, Membership
from actors.querysets import MembershipQuerySet
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from ..models import LoanRequest
from .states import LoanState


def _still_asked(mail: OutgoingEmail) -> bool:
    """It waits for an answer, both are present, and its reader still answers for the lender."""
    loans = LoanRequest.objects.filter(pk=mail.refers_to["loan"], state=LoanState.ASKED)
    loan = loans.select_related("actor", "resource__publisher").first()
    if loan is None or not (loan.actor.is_approved and loan.resource.publisher.is_approved):
        return False
    owners = Membership.objects.owners().filter(actor=loan.resource.publisher_id, user=mail.recipient_id)
    return owners.exists()


def _still_so(mail: OutgoingEmail) -> bool:
    """Nothing was decided since, and its reader still acts for the side that is told."""
    if not LoanRequest.objects.filter(pk=mail.refers_to["loan"], state=mail.refers_to["state"]).exists():
        return False
    return _own_membership(mail).exists()


def _still_out(mail: OutgoingEmail) -> bool:
    """Not noted as returned meanwhile, and the actor that is told is present."""
    return _still_so(mail) and _own_membership(mail).active().filter(actor__state=ActorState.APPROVED).exists()


def _own_membership(mail: OutgoingEmail) -> MembershipQuerySet:
    """By which its reader writes for the actor that is told, or for the one that this became."""
    key = mail.refers_to["actor"]
    kept = Actor.objects.filter(pk=key).values_list("merged_into", flat=True).first() or key
    return Membership.objects.writers().filter(actor=kept, user=mail.recipient_id)


ASKED = register(MailKind("loan_asked", _("Demande d'emprunt"), Group.TRANSACTIONAL, _still_asked))
DECIDED = register(MailKind("loan_decided", _("Suite d'une demande d'emprunt"), Group.TRANSACTIONAL, _still_so))
# What both agreed to, and never twice: no alert that waits for a digest.
OVERDUE = register(MailKind("loan_overdue", _("Retour d'un emprunt en retard"), Group.TRANSACTIONAL, _still_out))
