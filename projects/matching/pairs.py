"""Facts of actors as seen from needs, read in few queries: PostgreSQL compares, no vector leaves it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Func, OuterRef, Q, QuerySet, Value, When

from actors.models import Actor, Offer
from coexist.common.language.index import likeness
from projects.models import Need

from .candidates import eligible_needs
from .facts import ActorFacts, OfferFacts
from .frequencies import Words
from .gates import offers_pass_by_themselves
from .layout import OFFER, PROFILE
from .models import NeedPoint

_SKILLS = ArraySubquery(Offer.skills.through.objects.filter(offer=OuterRef("pk")).values("skill"))
_OFFER = ("pk", "title", "kind", "modes", "available_from", "available_until", "carried")
_ACTOR = ("territories", "themes", "languages")


def actors_seen_from(need: Need, words: Words, point: NeedPoint, keys: Collection[int]) -> Iterator[ActorFacts]:
    """Those that the engine has read and that have an offer which passes; the actors pass the gates about them.

    Their stems are those of texts that hold one of `words`: others say nothing to this need.
    """
    passes = offers_pass_by_themselves(need)
    shares = Q(stems__overlap=[*words.written])
    heard = Case(When(shares, then=F("stems")))
    rows = Offer.objects.filter(passes | shares, actor__in=keys).order_by()
    seen = rows.annotate(
        carried=Case(When(passes, then=_SKILLS)), heard=heard,
        meaning=Case(When(passes, then=likeness("vector", point.offer))),
    )  # fmt: skip
    passing: dict[int, list[OfferFacts]] = defaultdict(list)
    stems: dict[int, list[str]] = defaultdict(list)
    for actor, heard_in, *offer, meaning in _fetched(seen.values_list("actor", "heard", *_OFFER, "meaning")):
        if heard_in:
            stems[actor] += heard_in
        if meaning is not None:
            passing[actor].append(_offer_facts(offer, meaning))
    actors = Actor.objects.filter(pk__in=passing).exclude(vector=None).order_by()
    compared = actors.annotate(heard=heard, meaning=likeness("vector", point.profile))
    for pk, heard_in, *actor, meaning in _fetched(compared.values_list("pk", "heard", *_ACTOR, "meaning")):
        yield _actor_facts(pk, actor, passing[pk], stems[pk] + (heard_in or []), meaning)


def actor_seen_from_each(needs: Collection[Need], actor: Actor) -> Iterator[tuple[Need, ActorFacts]]:
    """The actor as each of the needs sees it, where one of its offers passes the gates. One query for each offer."""
    if actor.vector is None:
        return
    keys = [need.pk for need in needs]
    passing = defaultdict(list)
    rows = {row[0]: row for row in actor.offers.annotate(carried=_SKILLS).order_by().values_list(*_OFFER, "stems")}
    for offer in actor.offers.exclude(vector=None):
        asked = eligible_needs(offer).filter(pk__in=keys)
        facts = _offer_facts(rows[offer.pk][:-1], 0.0)
        for need, meaning in asked.values_list("pk", likeness(_part(OFFER, "point__vector"), offer.vector)):
            passing[need].append(replace(facts, meaning=meaning))
    compared = NeedPoint.objects.filter(need__in=passing).values_list(
        "need", likeness(_part(PROFILE, "vector"), actor.vector)
    )
    meanings = dict(compared)
    stems = [*actor.stems, *(stem for row in rows.values() for stem in row[-1])]
    own = (actor.territories, actor.themes, actor.languages)
    for need in needs:
        if need.pk in meanings:
            yield need, _actor_facts(actor.pk, own, passing[need.pk], stems, meanings[need.pk])


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


def _offer_facts(row: Collection, meaning: float) -> OfferFacts:
    pk, title, kind, modes, available_from, available_until, skills = row
    return OfferFacts(
        pk=pk, title=title, kind=kind, modes=frozenset(modes), skills=frozenset(skills), meaning=meaning,
        available_from=available_from, available_until=available_until,
    )  # fmt: skip


def _actor_facts(pk: int, row: Collection, offers: list[OfferFacts], stems: list[str], meaning: float) -> ActorFacts:
    """`stems`: of the profile and of every offer, also of those that do not pass."""
    territories, themes, languages = row
    return ActorFacts(
        pk=pk, offers=tuple(offers), stems=frozenset(stems), meaning=meaning,
        territories=frozenset(territories), themes=frozenset(themes), languages=frozenset(languages),
    )  # fmt: skip
