"""What is news: a new match, or one whose need or offer changed materially. A new engine alone brings none."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from actors.models import Actor, Offer
from projects.models import Need

from . import material, scoring
from .enums import Subject
from .models import LastMatching, Match, MatchingDue, Solicitation

# Who was told of a match so lately hears of its change by the reminder, or at a later matching.
TOLD_AGAIN_AFTER = timedelta(days=7)


def weigh_need(need: Need, matches: Iterable[Match]) -> None:
    """`need` was matched: which of its `matches` may be told."""
    matches = _with_facts(matches)
    is_upgrade = _note(Subject.NEED, need.pk, material.of_need(need))
    # An actor that waits for its own turn is new or changed; the others stand as they stood before the upgrade.
    waiting = set(MatchingDue.objects.filter(subject=Subject.ACTOR).values_list("subject_id", flat=True))
    _weigh(matches, {match.pk for match in matches if is_upgrade and match.actor_id not in waiting})


def weigh_actor(actor: Actor, matches: Iterable[Match]) -> None:
    """The same for an actor that was matched."""
    matches = _with_facts(matches)
    is_upgrade = _note(Subject.ACTOR, actor.pk, material.of_offers(list(actor.offers.prefetch_related("skills"))))
    known = _seen_needs([match.need_id for match in matches]) if is_upgrade else {}
    _weigh(matches, {match.pk for match in matches if known.get(match.need_id) == material.of_need(match.need)})


def forget(subject: Subject, key: int) -> None:
    """It ended or left; should it come back, it is new."""
    LastMatching.objects.filter(subject=subject, subject_id=key).delete()


def _weigh(matches: list[Match], only_upgraded: set[int]) -> None:
    """Each match is noted as it is seen now; a new one among `only_upgraded` stays quiet."""
    weighed = []
    for match in matches:
        now = {"need": material.of_need(match.need), "offers": _offers(match.actor)}
        if not match.seen_as:
            match.is_quiet = match.pk in only_upgraded
        elif match.seen_as == now:
            continue
        elif not match.interested_at and material.has_news(match.seen_as, now, match.offer_id):
            if _was_told_lately(match):
                continue
            match.announced_at = match.solicited_at = None
            match.is_quiet = False
        match.seen_as = now
        weighed.append(match)
    Match.objects.bulk_update(weighed, ["seen_as", "is_quiet", "announced_at", "solicited_at"])


def _was_told_lately(match: Match) -> bool:
    told: list[datetime | None] = [match.announced_at, match.solicited_at, match.asked_at]  # type: ignore[attr-defined]
    return any(at > timezone.now() - TOLD_AGAIN_AFTER for at in told if at)


def _with_facts(matches: Iterable[Match]) -> list[Match]:
    """With what makes need and offers material, in few queries."""
    pair = {"need": OuterRef("need"), "actor": OuterRef("actor")}
    last = Solicitation.objects.filter(**pair).order_by("-created_at").values("created_at")[:1]
    offers = Offer.objects.defer("vector", "stems", "search", "detail").prefetch_related("skills")
    rows = (
        Match.objects.filter(pk__in=[match.pk for match in matches])
        .select_related("need__project", "actor")
        .defer("need__vector", "need__search", "need__project__vector", "actor__vector", "actor__search")
        .prefetch_related("need__skills", Prefetch("actor__offers", offers))
        .annotate(asked_at=Subquery(last))
    )
    return list(rows)


def _offers(actor: Actor) -> dict:
    return material.of_offers(list(actor.offers.all()))


def _note(subject: Subject, key: int, now: dict) -> bool:
    """Keep as what the row is matched; whether nothing but the engine changed since the last time."""
    last = LastMatching.objects.filter(subject=subject, subject_id=key).first()
    LastMatching.objects.update_or_create(
        subject=subject, subject_id=key, defaults={"version": scoring.VERSION, "seen_as": now}
    )
    return last is not None and last.version != scoring.VERSION and last.seen_as == now


def _seen_needs(keys: list[int]) -> dict[int, dict]:
    rows = LastMatching.objects.filter(subject=Subject.NEED, subject_id__in=keys)
    return dict(rows.values_list("subject_id", "seen_as"))
