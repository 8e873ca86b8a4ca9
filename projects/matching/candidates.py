"""Gates (gates.py) and retrieval, in SQL: which actors a need may be scored against, and the reverse.

A gate lets a pair pass or not; nothing here makes a pair better or worse.
"""

from django.db.models import QuerySet

from actors.models import Actor, Offer
from coexist.common.language.index import nearest_first, unlikeness
from projects.models import Need

from .frequencies import Words
from .gates import needs_pass, offers_pass
from .models import NeedPoint

BEST_OFFERS = 500
LOOKED_AT = 600  # hnsw.ef_search: how widely the index looks for them
BY_WORDS = 150
NEEDS_BY_OFFER = 200
RARE_WORDS = 8
OFFERS_WITH_RARE_WORDS = 1_500  # as many are compared one by one


def eligible_offers(need: Need) -> QuerySet[Offer]:
    """Offers that pass every gate for `need`."""
    return Offer.objects.filter(offers_pass(need))


def eligible_needs(offer: Offer) -> QuerySet[Need]:
    """Open needs that pass every gate for `offer`: the same gates, from the other side."""
    return Need.objects.open().filter(needs_pass(offer))


@nearest_first(LOOKED_AT)
def actors_for(need: Need, point: NeedPoint, words: Words) -> set[int]:
    """Keys of the actors worth scoring: best by what is a sum of products in the score, or sharing rare words."""
    best = eligible_offers(need).order_by(unlikeness("point__vector", point.vector)).values_list("actor", flat=True)
    found = {*best[:BEST_OFFERS]}
    rare = words.rarest(RARE_WORDS, OFFERS_WITH_RARE_WORDS)
    if rare:
        found |= {*best.filter(stems__overlap=rare)[:BY_WORDS]}
    return found


@nearest_first(NEEDS_BY_OFFER)
def needs_for(actor: Actor) -> set[int]:
    """Keys of the open needs worth scoring against `actor`."""
    found: set[int] = set()
    for offer in actor.offers.filter(point__isnull=False).select_related("point"):
        best = eligible_needs(offer).order_by(unlikeness("point__vector", offer.point.vector))
        found |= {*best.values_list("pk", flat=True)[:NEEDS_BY_OFFER]}
    return found
