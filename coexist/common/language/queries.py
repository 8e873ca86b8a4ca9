"""Vectors of what people search for: kept in memory for a while, never written down."""

from functools import lru_cache

import numpy as np

from .encoder import get_encoder


@lru_cache(maxsize=2_000)
def query_vector(text: str) -> np.ndarray | None:
    """Unit vector of a search, or None where the text means nothing to the encoder."""
    vector = get_encoder().encode([text])[0]
    vector.setflags(write=False)
    return vector if np.isfinite(vector).all() and vector.any() else None
