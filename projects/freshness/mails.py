"""Mails that ask for a confirmation, and those around a need's last day."""

from django.utils.translation import gettext_lazy as _

from actors.models import Membership
from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need

from .items import actors_to_confirm, needs_to_confirm, of_writer


def _something_is_due(mail: OutgoingEmail) -> bool:
    """Neither confirmed meanwhile nor somebody else's business."""
    if mail.recipient is None:
        return False
    named, person = mail.refers_to, mail.recipient
    actors = actors_to_confirm().filter(of_writer(person, "pk"), pk__in=named["actors"])
    needs = needs_to_confirm().filter(of_writer(person, "project__lead"), pk__in=named["needs"])
    return actors.exists() or needs.exists()


def _still_ends_then(mail: OutgoingEmail) -> bool:
    need = Need.objects.open().filter(pk=mail.refers_to["need"]).select_related("project").first()
    if need is None or str(need.ends_on) != mail.refers_to["ends_on"]:
        return False
    return Membership.objects.writers().filter(actor=need.project.lead_id, user=mail.recipient_id).exists()


NUDGE = register(
    MailKind("freshness_nudge", _("Confirmer votre profil et vos besoins"), Group.ALERT, _something_is_due)
)
ENDS_SOON = register(
    MailKind("need_ends_soon", _("Besoin qui arrive à sa date de fin"), Group.TRANSACTIONAL, _still_ends_then)
)
PAST = register(MailKind("need_past", _("Besoin clos à sa date de fin"), Group.TRANSACTIONAL))
