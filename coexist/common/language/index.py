"""What a listed text leaves for search by meaning and by rare words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext_lazy as _
from pgvector.django import CosineDistance, HalfVectorField, HnswIndex, MaxInnerProduct

from .encoder import DIMENSIONS
from .text import stems
from .vectors import text_key, vectors_for

MOST_STEMS = 400


class IndexedText(models.Model):
    """A row with a passage of text, its unit vector and its stems.

    Derived data, made by the worker: `index_rows` brings it up to date, and `index_key` tells
    whether the passage or the encoder changed since.
    """

    # Half precision: half the room and the reading; similarities change in the fourth digit.
    vector = HalfVectorField(_("vecteur"), dimensions=DIMENSIONS, null=True, blank=True, editable=False)
    stems = ArrayField(models.CharField(max_length=60), verbose_name=_("racines"), default=list, editable=False)
    index_key = models.CharField(_("clé d'index"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def passage(self) -> str:
        """The text by which this row is found."""
        raise NotImplementedError


def nearest_index(name: str) -> HnswIndex:
    """Index by which `distance_to` orders 100,000 rows in milliseconds."""
    return HnswIndex(fields=["vector"], opclasses=["halfvec_cosine_ops"], name=name, m=16, ef_construction=64)


def best_index(name: str) -> HnswIndex:
    """Index by which `unlikeness` orders vectors of any length."""
    return HnswIndex(fields=["vector"], opclasses=["halfvec_ip_ops"], name=name, m=16, ef_construction=100)


def distance_to(vector: Any) -> CosineDistance:
    """Cosine distance (0 to 2) of a row's vector to `vector`."""
    return CosineDistance("vector", vector)


def likeness(column: Any, vector: Any) -> CombinedExpression:
    """Inner product of a column of vectors and `vector`; 0 with that of an empty text."""
    return -unlikeness(column, vector)


def unlikeness(column: Any, vector: Any) -> MaxInnerProduct:
    """The same, negative: ordered by it, the most alike come first, by an index."""
    return MaxInnerProduct(column, vector)


@contextmanager
def nearest_first(rows: int, *, among: int = 20_000) -> Iterator[None]:
    """Let queries of the block that order by `distance_to` find `rows` that pass their other conditions.

    By itself the index gives some forty rows and stops, whatever the conditions leave of them; here it
    goes on, for `among` rows at most.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """SELECT set_config('hnsw.ef_search', %s, true), set_config('hnsw.iterative_scan', 'relaxed_order', true),
                set_config('hnsw.max_scan_tuples', %s, true)""",
            [str(rows), str(among)],
        )
        yield


def index_rows(rows: Iterable[IndexedText]) -> int:
    """Bring vector and stems of `rows` up to date; return how many had changed."""
    stale: list[tuple[IndexedText, str]] = []
    for row in rows:
        passage = row.passage
        if row.index_key != text_key(passage):
            stale.append((row, passage))
    vectors: Sequence = vectors_for([passage for _row, passage in stale])
    by_model: dict[type[IndexedText], list[IndexedText]] = defaultdict(list)
    for (row, passage), vector in zip(stale, vectors, strict=True):
        row.vector = np.asarray(vector, dtype=np.float16)  # as the column keeps it: a score is the same when read again
        row.stems = sorted({word[:60] for word in stems(passage)})[:MOST_STEMS]
        row.index_key = text_key(passage)
        by_model[type(row)].append(row)
    for model, changed in by_model.items():
        model._default_manager.bulk_update(changed, ["vector", "stems", "index_key"], batch_size=200)
    return len(stale)
