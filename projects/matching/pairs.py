"""Facts of actors as seen from needs, read in few queries: PostgreSQL compares, no vector leaves it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, OuterRef, QuerySet, Value

from actors.models import Actor, Offer
from coexist.common.language.index import likeness
from projects.models import Need

from .candidates import eligible_needs
from .facts import ActorFacts, OfferFacts
from .gates import offers_pass_by_themselves
from .layout import OFFER, PROFILE
from .models import NeedPoint

_SKILLS = ArraySubquery(Offer.skills.through.objects.filter(offer=OuterRef("pk")).values("skill"))
_OFFER = ("actor", "stems", "pk", "title", "kind", "modes", "available_from", "available_until", "carried")
_ACTOR = ("pk", "stems", "territories", "themes", "languages")


def actors_seen_from(need: Need, point: NeedPoint, keys: Collection[int]) -> Iterator[ActorFacts]:
    """Those that the engine has read and that have an offer which passes; the actors pass the gates about them."""
    rows = _offers(Offer.objects.filter(actor__in=keys)).annotate(
        passes=offers_pass_by_themselves(need), meaning=likeness("vector", point.offer)
    )
    passing, stems = defaultdict(list), defaultdict(set)
    for *offer, passes, meaning in _fetched(rows.values_list(*_OFFER, "passes", "meaning")):
        stems[offer[0]].update(offer[1])
        if passes:
            passing[offer[0]].append(_offer_facts(offer, meaning))
    actors = Actor.objects.filter(pk__in=passing).exclude(vector=None).order_by()
    compared = actors.annotate(meaning=likeness("vector", point.profile))
    for *actor, meaning in _fetched(compared.values_list(*_ACTOR, "meaning")):
        yield _actor_facts(actor, passing[actor[0]], stems[actor[0]], meaning)


def actor_seen_from_each(needs: Collection[Need], actor: Actor) -> Iterator[tuple[Need, ActorFacts]]:
    """The actor as each of the needs sees it, where one of its offers passes the gates. One query for each offer."""
    if actor.vector is None:
        return
    keys = [need.pk for need in needs]
    passing, stems = defaultdict(list), set()
    rows = {row[2]: row for row in _offers(actor.offers.all()).values_list(*_OFFER)}
    for offer in actor.offers.exclude(vector=None):
        asked = eligible_needs(offer).filter(pk__in=keys)
        facts = _offer_facts(rows[offer.pk], 0.0)
        for need, meaning in asked.values_list("pk", likeness(_part(OFFER, "point__vector"), offer.vector)):
            passing[need].append(replace(facts, meaning=meaning))
    compared = NeedPoint.objects.filter(need__in=passing).values_list(
        "need", likeness(_part(PROFILE, "vector"), actor.vector)
    )
    meanings = dict(compared)
    for row in rows.values():
        stems.update(row[1])
    own = (actor.pk, actor.stems, actor.territories, actor.themes, actor.languages)
    for need in needs:
        if need.pk in meanings:
            yield need, _actor_facts(own, passing[need.pk], stems, meanings[need.pk])


def _fetched(rows: QuerySet) -> list[tuple]:
    """As the driver gives them: of some thousand rows Django's iterators would take most of the time."""
    try:
        statement, params = rows.query.sql_with_params()
    except EmptyResultSet:  # of no keys
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def _part(part: slice, column: str) -> Func:
    """Of a point; PostgreSQL counts from 1."""
    return Func(column, Value(part.start + 1), Value(part.stop - part.start), function="subvector")


def _offers(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.annotate(carried=_SKILLS).order_by()


def _offer_facts(row: Collection, meaning: float) -> OfferFacts:
    _actor, _stems, pk, title, kind, modes, available_from, available_until, skills = row
    return OfferFacts(
        pk=pk, title=title, kind=kind, modes=frozenset(modes), skills=frozenset(skills), meaning=meaning,
        available_from=available_from, available_until=available_until,
    )  # fmt: skip


def _actor_facts(row: Collection, offers: list[OfferFacts], offered: set[str], meaning: float) -> ActorFacts:
    """`offered`: the stems of every offer, also of those that do not pass."""
    pk, stems, territories, themes, languages = row
    return ActorFacts(
        pk=pk, offers=tuple(offers), stems=frozenset(offered.union(stems)), meaning=meaning,
        territories=frozenset(territories), themes=frozenset(themes), languages=frozenset(languages),
    )  # fmt: skip
