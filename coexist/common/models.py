"""Models of the ground floor, gathered for Django; each lives beside what it is about."""

from .language.models import TextVector
from .mail.models import EmailOptOut, OutgoingEmail
from .rate_counts import RateCount
from .scheduler import Heartbeat

__all__ = ["EmailOptOut", "Heartbeat", "OutgoingEmail", "RateCount", "TextVector"]
