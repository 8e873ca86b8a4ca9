"""What becomes of an actor whose only owner leaves."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..enums import ActorState, Role
from ..joining.members import owned_by_nobody_else
from ..models import Actor, Membership, User

ARCHIVE = "archive"
ANIMATORS = "animators"


@dataclass(frozen=True)
class Succession:
    """`choice` is ARCHIVE, ANIMATORS, or the key of the membership that becomes the owner's."""

    actor: int
    choice: str


def actors_left_alone_by(person: User) -> list[Actor]:
    """Living actors of which `person` is the only owner who can still log in."""
    return [actor for actor in owned_by_nobody_else(person) if actor.state != ActorState.ARCHIVED]


def left_to_animators(person: User) -> list[Succession]:
    """Where nobody is there to choose."""
    return [Succession(actor.pk, ANIMATORS) for actor in actors_left_alone_by(person)]


def possible_heirs(actor: Actor, leaving: User) -> QuerySet[Membership]:
    members = Membership.objects.active().filter(actor=actor).exclude(user=leaving).exclude(role=Role.OWNER)
    return members.select_related("user").order_by("pk")
