"""What a need is compared by: its vectors, weighed and added up before anything is compared.

A weighed sum of likenesses to one offer is the likeness to the weighed sum, so that PostgreSQL multiplies once.
"""

import numpy as np

from coexist.common.language.index import index_rows
from coexist.common.language.vectors import text_key, title_vector, vectors_for
from projects.models import Need

from .models import NeedQuery
from .scoring import VERSION, offer_query, profile_query


def index_need(need: Need) -> None:
    """Bring up to date what the need is found by, and what it is compared by."""
    index_rows([need])
    query = query_for(need)
    NeedQuery.objects.bulk_create(
        [query], update_conflicts=True, unique_fields=["need"], update_fields=["key", "offer", "profile"]
    )


def query_for(need: Need) -> NeedQuery:
    """The stored one, or a new one where texts or engine changed since. Nothing is stored."""
    texts = [need.title, need.passage, need.project.passage]
    key = text_key("\n".join([VERSION, *texts]))
    stored = NeedQuery.objects.filter(need=need, key=key).first()
    if stored is not None:
        return stored
    passage, project = vectors_for(texts[1:])
    return NeedQuery(
        need=need,
        key=key,
        offer=_half(offer_query(passage, title_vector(need.title))),
        profile=_half(profile_query(passage, project)),
    )


def _half(vector: np.ndarray) -> np.ndarray:
    """As the column keeps it: a score is the same when read again."""
    return np.asarray(vector, dtype=np.float16)
