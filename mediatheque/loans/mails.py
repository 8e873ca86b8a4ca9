"""Mails of a loan: somebody asks; the other side decided something."""

from django.utils.translation import gettext_lazy as _

from actors.enums import Role
from actors.models import Actor, Membership
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
    key = mail.refers_to["actor"]
    kept = Actor.objects.filter(pk=key).values_list("merged_into", flat=True).first() or key
    roles = [Role.OWNER, Role.EDITOR]
    return Membership.objects.filter(actor=kept, user=mail.recipient_id, role__in=roles).exists()


ASKED = register(MailKind("loan_asked", _("Demande d'emprunt"), Group.TRANSACTIONAL, _still_asked))
DECIDED = register(MailKind("loan_decided", _("Suite d'une demande d'emprunt"), Group.TRANSACTIONAL, _still_so))
