"""What an actor's row repeats of its offers, so that the directory filters and counts without a join."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from coexist.common.territories import with_parents

from .models import Actor, Offer

DERIVED = ("offer_kinds", "offer_modes", "offer_skills", "reach")
CHUNK = 500


@transaction.atomic
def refresh_derived(actors: Iterable[int]) -> int:
    """Bring the derived arrays of these actors (keys) up to date; return how many were not.

    A skill is kept with its domain, a territory with all that contain it: choosing the larger one
    in the directory finds the smaller. An offer's own territories count for its actor.
    """
    # Locked: of two offers saved at the same time, the second waits and reads the first.
    rows = list(Actor.objects.select_for_update().filter(pk__in=list(actors)).only("pk", "territories", *DERIVED))
    carried = _skills_by_actor(rows)
    offers = defaultdict(list)
    for offer in Offer.objects.filter(actor__in=rows).only("actor_id", "kind", "modes", "territories"):
        offers[offer.actor_id].append(offer)
    changed = [actor for actor in rows if _update(actor, offers[actor.pk], carried[actor.pk])]
    Actor.objects.bulk_update(changed, DERIVED, batch_size=CHUNK)
    return len(changed)


def refresh_all_derived() -> int:
    """Repair every actor's derived arrays; return how many were wrong."""
    keys = list(Actor.objects.order_by("pk").values_list("pk", flat=True))
    return sum(refresh_derived(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


def _update(actor: Actor, offers: list[Offer], skills: set[int]) -> bool:
    territories = [*actor.territories, *(code for offer in offers for code in offer.territories)]
    wanted: dict[str, list] = {
        "offer_kinds": sorted({offer.kind for offer in offers}),
        "offer_modes": sorted({mode for offer in offers for mode in offer.modes}),
        "offer_skills": sorted(skills),
        "reach": sorted({around for code in territories for around in with_parents(code)}),
    }
    changed = any(getattr(actor, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(actor, name, value)
    return changed


def _skills_by_actor(actors: Iterable[Actor]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    carried = Offer.skills.through.objects.filter(offer__actor__in=actors)
    for actor, skill, domain in carried.values_list("offer__actor", "skill", "skill__parent"):
        found[actor] |= {key for key in (skill, domain) if key is not None}
    return found
