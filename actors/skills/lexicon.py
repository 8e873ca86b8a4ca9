"""Expressions in free text.

An expression is found as the sequence of its stems, stop words aside; the longest expression that
starts at a word wins, so that "recherche de financements" is fundraising and not research.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coexist.common.language.text import stems, words

LONGEST_TEXT = 4000  # characters
# "La recherche, les fonds" is not "recherche de fonds": the mark stands in the sequence like a word.
_BREAK = re.compile(r"[,;:!?()\n]|\.(?:\s|$)")


@dataclass(frozen=True)
class Mention:
    """A skill found in a text, with the expression of the taxonomy that named it."""

    skill: int
    expression: str


class Lexicon:
    """Expressions of the taxonomy by their stems."""

    def __init__(self, labels: Iterable[tuple[int, str]]) -> None:
        self._by_stems: dict[tuple[str, ...], Mention] = {}
        self._longest = 1
        for skill, label in labels:
            key = tuple(_sequence(label))
            if key and not (len(key) == 1 and len(words(label)) > 2):
                self._by_stems.setdefault(key, Mention(skill, label))
                self._longest = max(self._longest, len(key))

    def find(self, text: str) -> list[Mention]:
        """Skills in the order of the text, each once."""
        found: dict[int, Mention] = {}
        sequence = _sequence(text[:LONGEST_TEXT])
        position = 0
        while position < len(sequence):
            mention, length = self._longest_at(sequence, position)
            if mention is not None:
                found.setdefault(mention.skill, mention)
            position += length
        return list(found.values())

    def _longest_at(self, sequence: list[str], position: int) -> tuple[Mention | None, int]:
        for length in range(min(self._longest, len(sequence) - position), 0, -1):
            mention = self._by_stems.get(tuple(sequence[position : position + length]))
            if mention is not None:
                return mention, length
        return None, 1


def _sequence(text: str) -> list[str]:
    """Stems in order, with one "," where a mark breaks the phrase."""
    parts = [part for part in (stems(piece) for piece in _BREAK.split(text)) if part]
    return [word for part in parts for word in (",", *part)][1:]
