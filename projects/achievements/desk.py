"""What the desk of an achievement shows to one person."""

from dataclasses import dataclass
from typing import Any

from projects.following.models import Partnership

from . import rules
from .enums import AchievementState, Consent
from .models import Achievement, Appraisal, Contribution, Picture
from .services import MOST_PICTURES

SHOWN = 50  # lines of history


@dataclass(frozen=True)
class Side:
    """One side as `user` may see it: a private grade is None where it is not theirs to read."""

    contribution: Contribution
    pictures: list[Picture]
    is_mine: bool
    agrees: bool
    appraisal: Appraisal | None

    @property
    def agreed_before(self) -> bool:
        """To a text that has changed since."""
        return self.contribution.consent == Consent.YES and not self.agrees

    @property
    def may_add_picture(self) -> bool:
        return len(self.pictures) < MOST_PICTURES


def desk_context(partnership: Partnership, user: Any) -> dict[str, Any]:
    row = Achievement.objects.filter(partnership=partnership).first()
    can_tell = rules.can_tell(user, partnership)
    context: dict[str, Any] = {"partnership": partnership, "achievement": row, "can_tell": can_tell}
    if row is None:
        return context
    row.partnership = partnership
    sides = sides_of(row, user)
    joined = {side.contribution.actor_id for side in sides}
    late = can_tell and row.is_writable and rules.own_parties(user, partnership).exclude(actor__in=joined).exists()
    return context | {
        "sides": sides,
        "is_late": late,
        "can_write": can_tell and row.is_writable,
        "is_public": row.state == AchievementState.PUBLISHED,
        "all_hands": sum(side.agrees for side in sides),
        "changes": row.changes.select_related("by", "contribution__actor").reverse()[:SHOWN],
    }


def sides_of(row: Achievement, user: Any) -> list[Side]:
    """In a fixed number of queries, however many there are."""
    contributions = row.contributions.select_related("actor", "consent_by").prefetch_related("pictures")
    mine = set(rules.own_contributions(user, row).values_list("pk", flat=True))
    given = {one.actor_id: one for one in Appraisal.objects.visible_to(user).filter(achievement=row)}
    return [
        Side(one, list(one.pictures.all()), one.pk in mine, one.agrees_to(row.version), given.get(one.actor_id))
        for one in contributions.order_by("pk")
    ]
