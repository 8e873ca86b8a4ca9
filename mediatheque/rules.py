"""Who may do what with resources. Seeing is in querysets.py."""

from typing import Any

from actors.querysets import may_see_all
from actors.rules import can_write_for

from .models import Resource


def can_edit(user: Any, resource: Resource) -> bool:
    """Owners and editors of the publishing actor, in any state; what they change of a public one shows at once."""
    return can_write_for(user, resource.publisher)


def can_decide(user: Any) -> bool:
    """Animators publish, and send back."""
    return bool(user.is_active and may_see_all(user, "mediatheque.change_resource"))
