"""Organisations, the people who act for them, and what they offer."""

from ..people import User
from ..skills.models import Skill
from .actor import Actor
from .claim import MembershipClaim
from .contact import Contact
from .decision import ActorDecision
from .fields import derived_array, language_array, mode_array, person_key, territory_array, theme_array
from .invitation import Invitation
from .membership import Membership
from .membership_event import MembershipEvent
from .offer import Offer
from .reason_template import ReasonTemplate

__all__ = [
    "Actor",
    "ActorDecision",
    "Contact",
    "Invitation",
    "Membership",
    "MembershipClaim",
    "MembershipEvent",
    "Offer",
    "ReasonTemplate",
    "Skill",
    "User",
    "derived_array",
    "language_array",
    "mode_array",
    "person_key",
    "territory_array",
    "theme_array",
]
