"""Matching, end to end. The only writer of Match; safe to run twice and safe to kill."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import QuerySet

from actors.models import Actor
from projects.models import Need

from .announce import announce_actor, announce_new
from .candidates import actors_for, needs_for
from .enums import Band, Subject
from .facts import knowledge, need_facts
from .feedback import past_refusals
from .learning import lessons
from .models import Match, MatchingDue
from .pairs import actor_seen_from_each, actors_seen_from
from .reading import index_actor, index_need, is_rereading, point_of
from .scoring import VERSION, Reason, Score, is_near, score, within_reach
from .spoken import with_expressions

MOST_MATCHES = 50  # kept for one need


def run_due(due: MatchingDue) -> bool:
    """Do what `due` asks and forget it; False where it stays: asked anew meanwhile, or all is being read anew."""
    if is_rereading():  # few points are there: it would lose its matches and never be told of them (sweeps.py)
        return False
    asked_at = due.asked_at
    if due.subject == Subject.NEED:
        need = loaded(Need.objects.open()).filter(pk=due.subject_id).first()
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
    kept = [found for found in rank_actors(need) if found.band][:MOST_MATCHES]
    scores = with_expressions(kept, [need])
    with transaction.atomic():
        if _locked_open([need.pk]) != {need.pk}:  # it ended meanwhile
            return []
        matches = _keep(scores)
        Match.objects.filter(need=need, is_current=True).exclude(pk__in=[match.pk for match in matches]).update(
            is_current=False
        )
        announce_new(need)
    return matches


def match_actor(actor: Actor) -> list[Match]:
    """Score one approved actor's offers against the open needs: new actor, changed offers."""
    index_actor(actor)
    keys = needs_for(actor) | set(Match.objects.for_actor(actor).values_list("need", flat=True))
    needs = list(loaded(Need.objects.filter(pk__in=keys)).order_by("pk"))
    near = _near_the_best(actor, [found for found in score_needs(actor, needs) if found.band])
    scores = with_expressions(near, needs)
    with transaction.atomic():
        # no_key: needs matched meanwhile may write their match with this actor; else the two wait for each other.
        Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
        # The caps of each need hold when two actors are matched at once; what ended meanwhile is left out.
        still_open = _locked_open([found.need for found in scores])
        matches = _keep([found for found in scores if found.need in still_open])
        Match.objects.filter(actor=actor, is_current=True).exclude(pk__in=[match.pk for match in matches]).update(
            is_current=False
        )
        matched = {match.need_id for match in matches}
        announce_actor(actor, [need for need in needs if need.pk in matched])
    return matches


def match_pair(need: Need, actor: Actor) -> Match | None:
    """Score one pair and keep it, whatever its rank: an animator proposes it. None where the engine has not read it."""
    kept = _keep(score_needs(actor, [need]))
    return Match.objects.select_related("need__project__lead", "actor", "offer").get(pk=kept[0].pk) if kept else None


def rank_actors(need: Need) -> list[Score]:
    """The actors worth proposing for a need, best first. Page, mail and evaluation all start here."""
    return within_reach(score_actors(need))


def score_actors(need: Need) -> list[Score]:
    """Every candidate actor of a need, best first. Nothing is stored."""
    (facts,), point, known = need_facts([need]), point_of(need), knowledge()
    keys = actors_for(need, point, facts.words)
    refused = past_refusals(keys)
    scores = [
        score(facts, actor, known, lessons(facts, need.project_id, refused[actor.pk]))
        for actor in actors_seen_from(need, facts.words, point, keys)
    ]
    return sorted(scores, key=lambda found: (-found.total, found.actor))


def score_needs(actor: Actor, needs: list[Need]) -> list[Score]:
    """Those of `needs` that an indexed actor may answer. Nothing is stored."""
    facts = {found.pk: found for found in need_facts(needs)}
    known, refused = knowledge(), past_refusals([actor.pk])[actor.pk]
    return [
        score(facts[need.pk], seen, known, lessons(facts[need.pk], need.project_id, refused))
        for need, seen in actor_seen_from_each(needs, actor)
    ]


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


def _locked_open(keys: list[int]) -> set[int]:
    needs = Need.objects.open().filter(pk__in=keys).order_by("pk")
    return set(needs.select_for_update(of=("self",)).values_list("pk", flat=True))


def loaded(needs: QuerySet[Need]) -> QuerySet[Need]:
    """With what scoring reads of each."""
    return needs.select_related("project").prefetch_related("skills")


def _keep(scores: list[Score]) -> list[Match]:
    """Write the scores over what was stored of the same pairs, and keep the rest of it."""
    matches = [
        Match(
            need_id=found.need,
            actor_id=found.actor,
            offer_id=found.offer,
            score=found.total,
            band=found.band or Band.EXPLORE,  # callers drop what is too unsure
            reasons=[_stored(reason) for reason in found.reasons],
            doubts=[_stored(doubt) for doubt in found.doubts],
            version=VERSION,
            is_current=True,
        )
        for found in scores
    ]
    return Match.objects.bulk_create(
        matches,
        update_conflicts=True,
        unique_fields=["need", "actor"],
        update_fields=[
            "offer",
            "score",
            "band",
            "reasons",
            "doubts",
            "version",
            "is_current",
            "updated_at",
        ],
    )  # fmt: skip


def _stored(reason: Reason) -> dict:
    return {
        "code": reason.code,
        "value": round(reason.value, 3),
        **({"params": reason.params} if reason.params else {}),
    }
