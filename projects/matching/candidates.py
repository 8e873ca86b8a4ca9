"""Hard gates and retrieval, in SQL: which actors a need may be scored against, and the reverse.

A gate lets a pair pass or not; nothing here makes a pair better or worse. Where a field is empty
the gate lets it pass: what somebody did not say is no reason to leave them out.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Actor, Offer, Skill
from coexist.common.language.index import distance_to, nearest_first
from projects.models import Need

from .frequencies import Rarity
from .models import Refusal

NEAREST_OFFERS = 200
NEAREST_PROFILES = 100
BY_WORDS = 150
BY_SKILL = 200
NEEDS_BY_OFFER = 100
RARE_WORDS = 8


def eligible_offers(need: Need) -> QuerySet[Offer]:
    """Offers that pass every gate for `need`."""
    refused = Refusal.objects.filter(need=need, actor=OuterRef("actor"))
    return (
        Offer.objects.of_approved_actors()
        .exclude(actor=need.project.lead_id)
        .exclude(Exists(refused))
        .filter(_modes_meet(need.modes))
        .filter(_dates_meet(need.starts_on, need.ends_on, start="available_from", end="available_until"))
        .exclude(vector=None)
    )


def eligible_needs(offer: Offer) -> QuerySet[Need]:
    """Open needs that pass every gate for `offer`: the same gates, from the other side."""
    refused = Refusal.objects.filter(need=OuterRef("pk"), actor=offer.actor_id)
    return (
        Need.objects.open()
        .exclude(project__lead=offer.actor_id)
        .exclude(Exists(refused))
        .filter(_modes_meet(offer.modes))
        .filter(_dates_meet(offer.available_from, offer.available_until, start="starts_on", end="ends_on"))
        .exclude(vector=None)
    )


@nearest_first(NEAREST_OFFERS)
def actors_for(need: Need, rarity: Rarity) -> set[int]:
    """Keys of the actors worth scoring: near in meaning, sharing rare words or a related skill."""
    offers = eligible_offers(need)
    nearest = offers.order_by(distance_to(need.vector))
    profiles = Actor.objects.filter(Exists(offers.filter(actor=OuterRef("pk")))).exclude(vector=None)
    found = {*nearest.values_list("actor", flat=True)[:NEAREST_OFFERS]}
    found |= {*profiles.order_by(distance_to(need.vector)).values_list("pk", flat=True)[:NEAREST_PROFILES]}
    rare = sorted(need.stems, key=rarity.of, reverse=True)[:RARE_WORDS]
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
        nearest = eligible_needs(offer).order_by(distance_to(offer.vector))
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


def _modes_meet(modes: list[str]) -> Q:
    return Q(modes__overlap=modes) | Q(modes=[]) if modes else Q()


def _dates_meet(first: date | None, last: date | None, *, start: str, end: str) -> Q:
    meets = Q()
    if last is not None:
        meets &= Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": last})
    if first is not None:
        meets &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": first})
    return meets
