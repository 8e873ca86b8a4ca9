"""An address to confirm, a decision on what one proposed, an offer for what one asked, proposals to decide on."""

from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from .models import Activity, Support, Unconfirmed


def _still_unconfirmed(mail: OutgoingEmail) -> bool:
    return Unconfirmed.objects.filter(pk=mail.refers_to["unconfirmed"]).exists()


def _still_to_decide(mail: OutgoingEmail) -> bool:
    """Something waits on a ground that its reader still moderates."""
    if mail.recipient is None:
        return False
    campaign = mail.refers_to["campaign"]
    return any(
        model.objects.moderated_by(mail.recipient).filter(campaign=campaign, state="proposed").exists()
        for model in (Activity, Support)
    )


CONFIRM = register(
    MailKind(
        "campaign_confirm", _("Adresse à confirmer (campagne)"), Group.ACCOUNT, _still_unconfirmed, secret=True
    )
)  # fmt: skip
DECIDED = register(
    MailKind("campaign_decided", _("Décision sur une proposition (campagne)"), Group.TRANSACTIONAL, secret=True)
)
TIED = register(
    MailKind("campaign_tied", _("Réponse à une demande de soutien (campagne)"), Group.TRANSACTIONAL, secret=True)
)
TO_DECIDE = register(MailKind("campaign_to_decide", _("Propositions à lire (campagne)"), Group.ALERT, _still_to_decide))
