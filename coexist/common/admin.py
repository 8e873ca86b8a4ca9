"""Admin of the ground floor, gathered for Django's discovery."""

from django.utils.translation import gettext_lazy as _

from .mail.admin import EmailOptOutAdmin, OutgoingEmailAdmin
from .mail.enums import MailState
from .mail.models import OutgoingEmail
from .mail.suspension_admin import SuspendedAddressAdmin
from .waiting import register_waiting

__all__ = ["EmailOptOutAdmin", "OutgoingEmailAdmin", "SuspendedAddressAdmin"]

register_waiting(
    _("Messages en échec"),
    count=lambda: OutgoingEmail.objects.filter(state=MailState.FAILED).count(),
    url="admin:common_outgoingemail_changelist",
    query=f"?state__exact={MailState.FAILED}",
    permission="common.view_outgoingemail",
    is_trouble=True,
)
