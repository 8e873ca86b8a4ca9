"""One reminder of a next step that is due."""

from django.utils.translation import gettext_lazy as _

from coexist.common.mail.kinds import Group, MailKind, register
from coexist.common.mail.models import OutgoingEmail

from .models import Partnership


def _still_due(mail: OutgoingEmail) -> bool:
    """Not done or put off meanwhile, and its reader still sees the partnership."""
    if mail.recipient is None:
        return False
    seen = Partnership.objects.visible_to(mail.recipient).active().exclude(next_step="")
    return seen.filter(pk=mail.refers_to["partnership"], next_due=mail.refers_to["due"]).exists()


STEP_DUE = register(MailKind("partnership_step_due", _("Prochaine étape d'un partenariat"), Group.ALERT, _still_due))
