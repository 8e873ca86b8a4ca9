"""What people say of a match; it gates, stops solicitations, and changes later scores (learning.py)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import OuterRef
from django.utils import timezone

from actors.models import Actor, User
from projects.models import Need

from .enums import Band, Subject
from .learning import KEPT_DAYS, PastRefusal, teaches
from .ledger import has_enough
from .models import Match, MatchingDue, Refusal
from .withdrawing import withdraw_pair, withdraw_proposals


@transaction.atomic
def record_interest(*, need: Need, actor: Actor) -> None:
    """Also of an actor that the engine had not proposed: it counts among those who are enough."""
    match, _created = Match.objects.get_or_create(
        need=need, actor=actor, defaults={"score": 0.0, "band": Band.EXPLORE, "is_current": False}
    )
    Match.objects.filter(pk=match.pk, interested_at=None).update(interested_at=timezone.now())
    if has_enough(need):
        withdraw_proposals(need)


@transaction.atomic
def record_refusal(
    *, need: Need, actor: Actor, by_actor: bool, reason: str, text: str, acting_user: User
) -> Refusal | None:
    """Close `need` to `actor`; None when it already was. What it teaches is applied by the next sweep."""
    try:
        with transaction.atomic():
            refusal = Refusal.objects.create(
                need=need, actor=actor, by_actor=by_actor, reason=reason, text=text, user=acting_user
            )
    except IntegrityError:
        return None
    withdraw_pair(need, actor)
    if teaches(reason):
        MatchingDue.ask(Subject.ACTOR, actor)
    return refusal


def is_refused(need: Need, actor: Actor) -> bool:
    return Refusal.objects.filter(need=need, actor=actor).exists()


def past_refusals(actors: Collection[int]) -> dict[int, list[PastRefusal]]:
    """By actor, the refusals of the last year, in one query for all."""
    now = timezone.now()
    skills = Need.skills.through.objects.filter(need=OuterRef("need")).values("skill")
    rows = (
        Refusal.objects.filter(actor__in=actors, created_at__gt=now - timedelta(days=KEPT_DAYS))
        .order_by("pk")
        .values(
            "actor_id", "need_id", "need__title", "need__project_id", "need__kind", "need__modes",
            "need__project__territories", "by_actor", "reason", "created_at", skills=ArraySubquery(skills),
        )
    )  # fmt: skip
    found: dict[int, list[PastRefusal]] = defaultdict(list)
    for row in rows:
        past = PastRefusal(
            need=row["need_id"], title=row["need__title"], project=row["need__project_id"], kind=row["need__kind"],
            modes=frozenset(row["need__modes"]), skills=frozenset(row["skills"]),
            territories=frozenset(row["need__project__territories"]), by_actor=row["by_actor"],
            reason=row["reason"], days=(now - row["created_at"]).total_seconds() / 86400,
        )  # fmt: skip
        found[row["actor_id"]].append(past)
    return found
