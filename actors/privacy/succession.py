"""What becomes of an actor whose only owner leaves."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from ..enums import ActorState, Role
from ..models import Actor, Membership, User

ARCHIVE = "archive"
ANIMATORS = "animators"


@dataclass(frozen=True)
class Succession:
    """`choice` is ARCHIVE, ANIMATORS, or the key of the member who becomes the owner."""

    actor: int
    choice: str


def actors_left_alone_by(person: User) -> QuerySet[Actor]:
    """Living actors of which `person` is the only owner who can still log in."""
    owners = Membership.objects.owners().filter(actor=OuterRef("pk"))
    others = owners.exclude(user=person).filter(user__is_active=True)
    return (
        Actor.objects.filter(Exists(owners.filter(user=person)), ~Exists(others))
        .exclude(state=ActorState.ARCHIVED)
        .order_by("name")
    )


def possible_heirs(actor: Actor, leaving: User) -> QuerySet[Membership]:
    members = actor.memberships.exclude(user=leaving).filter(user__is_active=True).exclude(role=Role.OWNER)
    return members.select_related("user").order_by("pk")
