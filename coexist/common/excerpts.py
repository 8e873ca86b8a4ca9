"""Words that were searched for, found and marked in long texts.

A page has hundreds of words, and a list cuts dozens of passages: the text is folded as a whole, one expression finds
words that begin as a wanted one does, and only those are stemmed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .language.text import in_both_languages, normalise

Pieces = Sequence[tuple[str, bool]]  # a text cut up: each piece with whether it is one of the words
AROUND = 220  # characters of an excerpt
LOOKED_AT = 80  # marked words of one text among which the best place is looked for


class _Folded(dict):
    """One character for each, so that places in the folded text are those of the text."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFKD", chr(code).lower())[0]
        self[code] = value = ord({"œ": "o", "æ": "a"}.get(folded, folded))
        return value


_FOLDED = _Folded()


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    word: str  # of the search


class Wording:
    """The words of a search, each with other stems that stand for it."""

    def __init__(self, words: Iterable[str], others: Mapping[str, Sequence[str]] | None = None) -> None:
        self._by_stem: dict[str, str] = {}
        for word in words:
            for stem in (*_stems_of(word), *(others or {}).get(word, ())):
                self._by_stem.setdefault(stem, word)

    @cached_property
    def _beginnings(self) -> re.Pattern[str] | None:
        """Stems differ from words in their last letters only."""
        starts = {stem if len(stem) <= 3 else stem[: max(3, len(stem) - 2)] for stem in self._by_stem}
        if not starts:
            return None
        written = "|".join(
            re.escape(start).replace("oe", "oe?").replace("ae", "ae?") for start in sorted(starts, reverse=True)
        )
        return re.compile(rf"(?:{written})\w*")

    def marks(self, text: str) -> list[Mark]:
        if self._beginnings is None:
            return []
        found = []
        for match in self._beginnings.finditer(text.translate(_FOLDED)):
            start, end = match.span()
            if start and text[start - 1].isalnum():
                continue  # in the middle of a word; asked here, since the expression is ten times quicker without
            word = next((self._by_stem[stem] for stem in _stems_of(text[start:end]) if stem in self._by_stem), None)
            if word is not None:
                found.append(Mark(start, end, word))
        return found

    def pieces(self, text: str) -> Pieces:
        """The whole text, cut up."""
        return _cut(text, self.marks(text), 0, len(text))

    def excerpt(self, text: str) -> Pieces:
        """The place where most of the words stand together, on one line; the beginning where there is none."""
        text = " ".join(text.split())
        marks = self.marks(text)[:LOOKED_AT]
        start, end = _place(text, _best(marks))
        pieces = list(_cut(text, [mark for mark in marks if start <= mark.start and mark.end <= end], start, end))
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        return [piece for piece in ((before, False), *pieces, (after, False)) if piece[0]]


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    return tuple(in_both_languages(normalise(word)))


def _best(marks: Sequence[Mark]) -> tuple[int, int]:
    """From where to where the most words stand, the earliest of several such places."""
    best, most = (0, 0), 0
    for number, first in enumerate(marks):
        near = [mark for mark in marks[number : number + 20] if mark.end - first.start <= AROUND]
        worth = 4 * len({mark.word for mark in near}) + len(near)
        if near and worth > most:
            best, most = (first.start, near[-1].end), worth
    return best


def _place(text: str, marked: tuple[int, int]) -> tuple[int, int]:
    """Whole words around what is marked."""
    start, end = marked
    room = max(0, AROUND - (end - start))
    start = max(0, start - room // 3)
    end = min(len(text), max(end, start + AROUND))
    if start:
        start = text.find(" ", start, marked[0]) + 1 or marked[0]
    if end < len(text):
        space = text.rfind(" ", max(marked[1], start + 1), end)
        end = space if space > 0 else end
    return start, end


def _cut(text: str, marks: Iterable[Mark], start: int, end: int) -> Pieces:
    pieces, position = [], start
    for mark in marks:
        pieces += [(text[position : mark.start], False), (text[mark.start : mark.end], True)]
        position = mark.end
    return [piece for piece in (*pieces, (text[position:end], False)) if piece[0]]
