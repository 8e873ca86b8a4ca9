"""How rare a stem is among the offers."""

import math
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from .models import StemFrequency

EVERY_OFFER = ""  # the stem that stands in each offer: its count is theirs


class Rarity:
    """Inverse document frequency as in BM25 (Robertson & Zaragoza, 2009), in nats, >= 0."""

    def __init__(self, offers: int = 0, counts: Mapping[str, int] | None = None) -> None:
        self.counts = {stem: min(count, offers) for stem, count in (counts or {}).items()}
        self._nats = {stem: _nats(offers, count) for stem, count in self.counts.items()}
        self._unseen = _nats(offers, 0)

    @classmethod
    def load(cls, stems: Iterable[str]) -> "Rarity":
        """Of `stems` only, as last counted: a large network has many more."""
        rows = StemFrequency.objects.filter(stem__in={*stems, EVERY_OFFER})
        counts = dict(rows.values_list("stem", "offers"))
        return cls(counts.pop(EVERY_OFFER, 0), counts)

    def of(self, stem: str) -> float:
        return self._nats.get(stem, self._unseen)

    def rarest(self, stems: Iterable[str], most: int, holding: int) -> list[str]:
        """At most `most` of `stems`, the rarest first, as long as no more than `holding` offers have them together."""
        chosen: list[str] = []
        for stem in sorted(set(stems), key=lambda stem: (self.counts.get(stem, 0), stem))[:most]:
            holding -= self.counts.get(stem, 0)
            if holding < 0:
                break
            chosen.append(stem)
        return chosen


def _nats(offers: int, holding: int) -> float:
    return math.log(1 + (offers - holding + 0.5) / (holding + 0.5))


COUNT = """
    INSERT INTO matching_stemfrequency (stem, offers)
    SELECT stem, count(*) FROM (
        SELECT DISTINCT offer.id, unnest(offer.stems || actor.stems || %s::varchar) AS stem
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
        cursor.execute(COUNT, [EVERY_OFFER])
    return StemFrequency.objects.exclude(stem=EVERY_OFFER).count()
