"""Matching, end to end. The only writer of Match; safe to run twice and safe to kill."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Prefetch

from actors.models import Actor, Offer
from coexist.common.language.index import index_rows
from projects.models import Need

from .announce import announce_actor, announce_new
from .candidates import actors_for, eligible_offers, needs_for
from .enums import Subject
from .facts import Knowledge, actor_facts, knowledge, need_facts
from .feedback import past_refusals
from .learning import PastRefusal, lessons
from .models import Match, MatchingDue
from .scoring import VERSION, Reason, Score, is_near, score, within_reach

MOST_MATCHES = 50  # kept for one need


def run_due(due: MatchingDue) -> bool:
    """Do what `due` asks and forget it; False where it was asked anew meanwhile, and stays."""
    asked_at = due.asked_at
    if due.subject == Subject.NEED:
        need = Need.objects.open().filter(pk=due.subject_id).first()
        if need is not None:
            match_need(need)
    else:
        actor = Actor.objects.approved().filter(pk=due.subject_id).first()
        if actor is not None:
            match_actor(actor)
    deleted, _rows = MatchingDue.objects.filter(pk=due.pk, asked_at=asked_at).delete()
    return bool(deleted)


def match_need(need: Need) -> list[Match]:
    """Score the approved actors for an open need, keep the best, and tell whom it concerns."""
    index_need(need)
    scores = [found for found in rank_actors(need, knowledge()) if found.band][:MOST_MATCHES]
    with transaction.atomic():
        if _locked_open([need.pk]) != {need.pk}:  # it ended meanwhile
            return []
        matches = [_keep(found) for found in scores]
        Match.objects.filter(need=need, is_current=True).exclude(pk__in=[match.pk for match in matches]).update(
            is_current=False
        )
        announce_new(need)
    return matches


def match_actor(actor: Actor) -> list[Match]:
    """Score one approved actor's offers against the open needs: new actor, changed offers."""
    index_actor(actor)
    known, refused = knowledge(), past_refusals([actor.pk])
    needs = _loaded_needs(needs_for(actor) | set(Match.objects.for_actor(actor).values_list("need", flat=True)))
    every = [_score_pair(need, actor, known, refused[actor.pk]) for need in needs]
    scores = _near_the_best(actor, [found for found in every if found is not None and found.band])
    with transaction.atomic():
        # no_key: needs matched meanwhile may write their match with this actor; else the two wait for each other.
        Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
        # The caps of each need hold when two actors are matched at once; what ended meanwhile is left out.
        still_open = _locked_open([found.need for found in scores])
        matches = [_keep(found) for found in scores if found.need in still_open]
        Match.objects.filter(actor=actor, is_current=True).exclude(pk__in=[match.pk for match in matches]).update(
            is_current=False
        )
        matched = {match.need_id for match in matches}
        announce_actor(actor, [need for need in needs if need.pk in matched])
    return matches


def rank_actors(need: Need, known: Knowledge) -> list[Score]:
    """The actors worth proposing for an indexed need, best first. Page, mail and evaluation all start here."""
    return within_reach(score_actors(need, known))


def score_actors(need: Need, known: Knowledge) -> list[Score]:
    """Every candidate actor of an indexed need, best first."""
    offers = eligible_offers(need).defer("search").prefetch_related("skills")
    actors = (
        Actor.objects.filter(pk__in=actors_for(need, known.rarity))
        .defer("search", "description")
        .prefetch_related(
            Prefetch("offers", queryset=Offer.objects.only("actor", "stems")),
            Prefetch("offers", queryset=offers, to_attr="eligible"),
        )
    )
    facts, refused = need_facts(need), past_refusals([actor.pk for actor in actors])
    scores = [
        score(
            facts, actor_facts(actor, actor.eligible), known, lessons(facts, need.project_id, refused[actor.pk])
        )
        for actor in actors
        if _may_score(actor)
    ]  # fmt: skip
    return sorted(scores, key=lambda found: (-found.total, found.actor))


def _near_the_best(actor: Actor, scores: list[Score]) -> list[Score]:
    """Those that the need's own matching would keep beside its other actors (`within_reach`)."""
    others = Match.objects.current().filter(need__in=[found.need for found in scores]).exclude(actor=actor)
    by_need = others.order_by().values("need").annotate(scores=ArrayAgg("score")).values_list("need", "scores")
    stored = dict(by_need)
    return [
        found
        for found in scores
        if is_near(found.total, [total for total in stored.get(found.need, []) if total > found.total])
    ]


def index_need(need: Need) -> None:
    index_rows([need])


def index_actor(actor: Actor) -> None:
    index_rows([actor, *actor.offers.all()])


def _may_score(actor: Actor) -> bool:
    return actor.vector is not None and bool(actor.eligible)  # type: ignore[attr-defined]


def _score_pair(need: Need, actor: Actor, known: Knowledge, refused: list[PastRefusal]) -> Score | None:
    offers: list[Offer] = list(eligible_offers(need).filter(actor=actor).prefetch_related("skills"))
    if not offers:
        return None
    facts = need_facts(need)
    return score(facts, actor_facts(actor, offers), known, lessons(facts, need.project_id, refused))


def _locked_open(keys: list[int]) -> set[int]:
    needs = Need.objects.open().filter(pk__in=keys).order_by("pk")
    return set(needs.select_for_update(of=("self",)).values_list("pk", flat=True))


def _loaded_needs(keys: set[int]) -> list[Need]:
    needs = Need.objects.filter(pk__in=keys).select_related("project").prefetch_related("skills")
    return list(needs.order_by("pk"))


def _keep(found: Score) -> Match:
    assert found.band is not None  # callers drop what is too unsure
    match, _created = Match.objects.update_or_create(
        need_id=found.need,
        actor_id=found.actor,
        defaults={
            "offer_id": found.offer,
            "score": found.total,
            "band": found.band,
            "reasons": [_stored(reason) for reason in found.reasons],
            "doubts": [_stored(doubt) for doubt in found.doubts],
            "version": VERSION,
            "is_current": True,
        },
    )
    return match


def _stored(reason: Reason) -> dict:
    return {
        "code": reason.code,
        "value": round(reason.value, 3),
        **({"params": reason.params} if reason.params else {}),
    }
