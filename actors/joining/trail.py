"""The audit row of every change of an actor's members, and its line in the log."""

from coexist.common import audit_log

from ..enums import MembershipChange
from ..models import Actor, MembershipEvent, User


def note(
    actor: Actor, what: MembershipChange, *, by: User | None, person: User | None = None, role: str = ""
) -> MembershipEvent:
    event = MembershipEvent.objects.create(actor=actor, what=what, role=role, person=person, by=by)
    audit_log.record(
        f"membership.{what}", actor=actor.pk, person=person.pk if person else None, by=by.pk if by else None, role=role
    )
    return event
