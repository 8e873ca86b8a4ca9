"""How rare a stem is among the offers."""

import math
from dataclasses import dataclass, field

from django.db import connection, transaction

from actors.models import Offer

from .models import StemFrequency


@dataclass(frozen=True)
class Rarity:
    """Inverse document frequency as in BM25 (Robertson & Zaragoza, 2009), in nats, >= 0."""

    offers: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Rarity":
        return cls(
            Offer.objects.of_approved_actors().count(), dict(StemFrequency.objects.values_list("stem", "offers"))
        )

    def of(self, stem: str) -> float:
        holding = min(self.counts.get(stem, 0), self.offers)
        return math.log(1 + (self.offers - holding + 0.5) / (holding + 0.5))


COUNT = """
    INSERT INTO matching_stemfrequency (stem, offers)
    SELECT stem, count(*) FROM (
        SELECT DISTINCT offer.id, unnest(offer.stems || actor.stems) AS stem
        FROM actors_offer AS offer JOIN actors_actor AS actor ON actor.id = offer.actor_id
        WHERE actor.state = 'approved'
    ) AS found
    GROUP BY stem
"""


@transaction.atomic
def count_stems() -> int:
    """Count anew in how many offers each stem stands; return how many stems there are."""
    StemFrequency.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
    return StemFrequency.objects.count()
