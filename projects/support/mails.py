"""An expert that is asked, what happened to a request, notes, a step that is overdue, a kind of support decided."""

from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Membership
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from .models import SupportRequest
from .states import SupportState


def _still_asked(mail: OutgoingEmail) -> bool:
    """The same expert is still asked, both are present, and its reader still acts for it."""
    rows = SupportRequest.objects.filter(pk=mail.refers_to["support"], turn=mail.refers_to["turn"])
    support = rows.filter(state=SupportState.ASKED).select_related("actor", "expert").first()
    if support is None or support.expert is None or not (support.actor.is_approved and support.expert.is_approved):
        return False
    return _writes_for(mail, support.expert_id)


def _still_concerns(mail: OutgoingEmail) -> bool:
    """Its reader still acts for the side that is told, or still animates."""
    key = mail.refers_to["actor"]
    if key is not None:
        return _writes_for(mail, _kept(key))
    seen = SupportRequest.objects.visible_to(mail.recipient) if mail.recipient else SupportRequest.objects.none()
    return seen.filter(pk=mail.refers_to["support"]).exists()


def _still_due(mail: OutgoingEmail) -> bool:
    """Not done or put off meanwhile, and its reader still sees the request."""
    if mail.recipient is None:
        return False
    seen = SupportRequest.objects.visible_to(mail.recipient).open().exclude(next_step="")
    return seen.filter(pk=mail.refers_to["support"], next_due=mail.refers_to["due"]).exists()


def _writes_for(mail: OutgoingEmail, actor: int | None) -> bool:
    return Membership.objects.writers().filter(actor=actor, user=mail.recipient_id).exists()


def _kept(key: int) -> int:
    """The actor that lives on, where this one was merged since."""
    return Actor.objects.filter(pk=key).values_list("merged_into", flat=True).first() or key


ASKED = register(MailKind("support_asked", _("Demande d'accompagnement"), Group.TRANSACTIONAL, _still_asked))
CHANGED = register(MailKind("support_changed", _("Suite d'un accompagnement"), Group.TRANSACTIONAL, _still_concerns))
NOTED = register(MailKind("support_noted", _("Note sur un accompagnement"), Group.TRANSACTIONAL, _still_concerns))
STEP_DUE = register(MailKind("support_step_due", _("Étape en retard d'un accompagnement"), Group.ALERT, _still_due))
OFFER_DECIDED = register(
    MailKind("expert_offer_decided", _("Décision sur un accompagnement proposé"), Group.TRANSACTIONAL, _still_concerns)
)
