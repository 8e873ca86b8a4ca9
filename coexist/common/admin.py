"""Admin of the ground floor, gathered for Django's discovery."""

from .mail.admin import EmailOptOutAdmin, OutgoingEmailAdmin
from .mail.suspension_admin import SuspendedAddressAdmin

__all__ = ["EmailOptOutAdmin", "OutgoingEmailAdmin", "SuspendedAddressAdmin"]
