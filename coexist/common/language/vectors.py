"""Vectors of texts, from the cache or from the encoder."""

import hashlib

import numpy as np

from .encoder import VERSION, get_encoder
from .models import TextVector

BATCH = 256


def text_key(text: str) -> str:
    """Key of a text's vector: the hash of the encoder's version and the text."""
    return hashlib.sha256(f"{VERSION}\n{text}".encode()).hexdigest()


def vectors_for(texts: list[str]) -> list[np.ndarray]:
    """Unit vectors of `texts`, in order; missing ones are encoded and stored.

    An empty text has the zero vector: it is like nothing.
    """
    keys = {text: text_key(text) for text in texts if text.strip()}
    found = _stored(set(keys.values()))
    missing = [text for text, key in keys.items() if key not in found]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        encoded = get_encoder().encode(batch)
        rows = [TextVector(key=keys[text], vector=vector) for text, vector in zip(batch, encoded, strict=True)]
        TextVector.objects.bulk_create(rows, ignore_conflicts=True)
        found.update({keys[text]: vector for text, vector in zip(batch, encoded, strict=True)})
    zero = np.zeros(512, dtype=np.float32)
    return [found[keys[text]] if text in keys else zero for text in texts]


def ways_of_writing(title: str) -> list[str]:
    """As it stands, with a full stop, in lower case: the encoder tells these apart; people mean nothing by them."""
    return [title, f"{title}.", f"{title.lower()}."] if title.strip() else [""]


def mean_direction(vectors: list[np.ndarray]) -> np.ndarray:
    total = np.sum(vectors, axis=0)
    norm = np.linalg.norm(total)
    return total / norm if norm else total


def _stored(keys: set[str]) -> dict[str, np.ndarray]:
    rows = TextVector.objects.filter(key__in=keys).values_list("key", "vector")
    return {key: np.asarray(vector, dtype=np.float32) for key, vector in rows}
