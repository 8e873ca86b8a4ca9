"""Admin of the ground floor, gathered for Django's discovery."""

from .mail.admin import EmailOptOutAdmin, OutgoingEmailAdmin

__all__ = ["EmailOptOutAdmin", "OutgoingEmailAdmin"]
