"""Gates (gates.py) and retrieval, in SQL: which actors a need may be scored against, and the reverse.

A gate lets a pair pass or not; nothing here makes a pair better or worse.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from actors.models import Actor, Offer, Skill
from coexist.common.language.index import distance_to, nearest_first, unlikeness
from projects.models import Need

from .frequencies import Words
from .gates import needs_pass, offers_pass
from .models import NeedQuery

NEAREST_OFFERS = 200
NEAREST_PROFILES = 100
BY_WORDS = 150
BY_SKILL = 200
NEEDS_BY_OFFER = 100
RARE_WORDS = 8
OFFERS_WITH_RARE_WORDS = 3_000  # as many are compared one by one


def eligible_offers(need: Need) -> QuerySet[Offer]:
    """Offers that pass every gate for `need`."""
    return Offer.objects.filter(offers_pass(need))


def eligible_needs(offer: Offer) -> QuerySet[Need]:
    """Open needs that pass every gate for `offer`: the same gates, from the other side."""
    return Need.objects.open().filter(needs_pass(offer))


@nearest_first(NEAREST_OFFERS)
def actors_for(need: Need, query: NeedQuery, words: Words) -> set[int]:
    """Keys of the actors worth scoring: near in meaning, sharing rare words or a related skill."""
    offers = eligible_offers(need)
    nearest = offers.order_by(distance_to(query.offer))
    profiles = Actor.objects.filter(Exists(offers.filter(actor=OuterRef("pk")))).exclude(vector=None)
    found = {*nearest.values_list("actor", flat=True)[:NEAREST_OFFERS]}
    found |= {*profiles.order_by(distance_to(query.profile)).values_list("pk", flat=True)[:NEAREST_PROFILES]}
    rare = words.rarest(RARE_WORDS, OFFERS_WITH_RARE_WORDS)
    if rare:
        found |= {*nearest.filter(stems__overlap=rare).values_list("actor", flat=True)[:BY_WORDS]}
    related = related_skills(skill.pk for skill in need.skills.all())
    if related:
        carriers = nearest.filter(Exists(Offer.skills.through.objects.filter(offer=OuterRef("pk"), skill__in=related)))
        found |= {*carriers.values_list("actor", flat=True)[:BY_SKILL]}
    return found


@nearest_first(NEEDS_BY_OFFER)
def needs_for(actor: Actor) -> set[int]:
    """Keys of the open needs worth scoring against `actor`."""
    found: set[int] = set()
    for offer in actor.offers.all():
        asked = eligible_needs(offer).filter(query__isnull=False)
        nearest = asked.order_by(unlikeness("query__offer", offer.vector))
        found |= {*nearest.values_list("pk", flat=True)[:NEEDS_BY_OFFER]}
        related = related_skills(skill.pk for skill in offer.skills.all())
        if related:
            carriers = Need.skills.through.objects.filter(need=OuterRef("pk"), skill__in=related)
            found |= {*nearest.filter(Exists(carriers)).values_list("pk", flat=True)[:NEEDS_BY_OFFER]}
    return found


def related_skills(skills: Iterable[int]) -> set[int]:
    """The skills, their domains, their children and their siblings."""
    own = set(skills)
    if not own:
        return set()
    domains = own | {skill.parent_id for skill in Skill.objects.filter(pk__in=own) if skill.parent_id}
    return domains | set(Skill.objects.filter(parent__in=domains).values_list("pk", flat=True))
