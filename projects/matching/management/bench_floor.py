"""What the same texts cost others: one exact product in memory, and BM25."""

from collections.abc import Callable, Iterator

import bm25s
import numpy as np
from django.db import connection

from actors.models import Offer
from coexist.common.language.text import stems
from projects.models import Need

NEAREST = 50
CHUNK = 10_000


def exact_product() -> Callable[[Need, np.ndarray], None]:
    """The 50 nearest of all offers, float32, by one product of numpy; the vectors are in memory."""
    offers = np.concatenate(list(_vectors()))

    def nearest(need: Need, query: np.ndarray) -> None:
        likeness = offers @ query
        found = np.argpartition(-likeness, NEAREST)[:NEAREST]
        found[np.argsort(-likeness[found])]

    return nearest


def bm25() -> Callable[[Need, np.ndarray], None]:
    """The 50 best of all offers by bm25s (Lù, 2024), on the stems that the engine reads."""
    retriever = bm25s.BM25()
    retriever.index(list(Offer.objects.order_by("pk").values_list("stems", flat=True)), show_progress=False)

    def best(need: Need, query: np.ndarray) -> None:
        retriever.retrieve([stems(need.passage)], k=NEAREST, show_progress=False)

    return best


def _vectors() -> Iterator[np.ndarray]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM actors_offer")
        (last,) = cursor.fetchone()
        for start in range(0, last + 1, CHUNK):
            cursor.execute(
                "SELECT vector::vector::text FROM actors_offer WHERE id >= %s AND id < %s", [start, start + CHUNK]
            )
            rows = [np.fromstring(row[0][1:-1], dtype=np.float32, sep=",") for row in cursor.fetchall()]
            if rows:
                yield np.stack(rows)
