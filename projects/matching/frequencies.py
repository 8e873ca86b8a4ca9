"""How rare a stem is among the offers."""

import math
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from .models import StemFrequency

EVERY_OFFER = ""  # the stem that stands in each offer: its count is theirs


class Rarity:
    """Inverse document frequency as in BM25 (Robertson & Zaragoza, 2009), in nats, >= 0."""

    def __init__(self, offers: int = 0, counts: Mapping[str, int] | None = None) -> None:
        self._offers = offers
        self._counts = {stem: min(count, offers) for stem, count in (counts or {}).items()}

    @classmethod
    def load(cls, stems: Iterable[str]) -> "Rarity":
        """Of `stems` only, as last counted: a large network has many more."""
        rows = StemFrequency.objects.filter(stem__in={*stems, EVERY_OFFER})
        counts = dict(rows.values_list("stem", "offers"))
        return cls(counts.pop(EVERY_OFFER, 0), counts)

    def of(self, stem: str) -> float:
        holding = self.count(stem)
        return math.log(1 + (self._offers - holding + 0.5) / (holding + 0.5))

    def count(self, stem: str) -> int:
        """Offers that have it."""
        return self._counts.get(stem, 0)


class Words:
    """What a text says, and how rare each word is."""

    def __init__(self, written: Mapping[str, str], rarity: Rarity) -> None:
        self.written = written  # stem -> the word as written
        self._rarity = rarity
        self._nats = {stem: rarity.of(stem) for stem in written}
        self._stems = frozenset(written)
        self._whole = sum(self._nats.values())

    def coverage(self, present: frozenset[str]) -> float:
        """Share, 0 to 1, of the words that are present, each weighing its rarity."""
        shared = self._stems & present
        return sum(map(self._nats.__getitem__, shared)) / self._whole if shared else 0.0

    def shared(self, present: frozenset[str], most: int) -> list[str]:
        """The words that are present, as they are written, the rarest first."""
        ordered = sorted(self._stems & present, key=lambda stem: (-self._nats[stem], stem))
        return [self.written[stem] for stem in ordered[:most]]

    def rarest(self, most: int, holding: int) -> list[str]:
        """At most `most` stems, the rarest first, as long as no more than `holding` offers have them together."""
        chosen: list[str] = []
        for stem in sorted(self._stems, key=lambda stem: (self._rarity.count(stem), stem))[:most]:
            holding -= self._rarity.count(stem)
            if holding < 0:
                break
            chosen.append(stem)
        return chosen


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
