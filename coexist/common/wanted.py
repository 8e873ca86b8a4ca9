"""What somebody typed into a search, read once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pgvector import Vector

from coexist.common.language.queries import query_vector
from coexist.common.language.text import normalise, stem, stems
from coexist.common.language.text import words as words_of
from coexist.common.search import LONGEST_QUERY, search_words

# How people begin: it says nothing of what they look for, and draws the vector away.
_OPENING = re.compile(
    r"^(?:(?:nous|on|je|j'|qui|bonjour|quelqu'un|une?|des|du|de la|de|d'|peut|pourrait|pour|qui|"
    r"cherch\w*|recherch\w*|voudri\w*|aurai\w*|avons|besoin|aid\w*|à|a)(?:[\s,:']+|(?<=')))+",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"[\w+#]+(?:[.][\w+#]+)*")


@dataclass(frozen=True)
class Wanted:
    text: str
    skills: Sequence[int] = ()  # keys of the skills that the text names

    @cached_property
    def all_words(self) -> list[str]:
        return search_words(self.text)

    @property
    def words(self) -> list[str]:
        """Those that full text search knows."""
        return [word for word in self.all_words if word not in self.technical]

    @cached_property
    def stems(self) -> set[str]:
        return set(stems(self.text))

    @cached_property
    def technical(self) -> list[str]:
        """Words that full text search would cut short: C++, C#, .NET."""
        return [word for word in self.all_words if set(word) & set("+#")]

    @cached_property
    def vector(self) -> str | None:
        """The meaning of the text without its polite opening, as PostgreSQL reads a vector.

        None where the text means nothing, or names a technique alone.
        """
        if not self.words:
            return None
        vector = query_vector(self.without_opening)
        return Vector(vector).to_text() if vector is not None else None

    @property
    def without_opening(self) -> str:
        """The text without its polite opening: "relire nos statuts"."""
        return _OPENING.sub("", self.text.replace("’", "'")) or self.text

    @property
    def plain(self) -> str:
        return normalise(self.text)

    def marked(self, text: str) -> list[tuple[str, bool]]:
        """`text` in pieces, each with whether it is one of the words searched for."""
        return marked(text, self.stems)


def read(text: str, find_skills: Callable[[str], Sequence[int]] = lambda text: ()) -> Wanted | None:
    """What `text` asks for; None where it holds nothing to search for."""
    kept = " ".join(text[:LONGEST_QUERY].split())
    wanted = Wanted(kept, find_skills(kept))
    return wanted if wanted.all_words else None


def marked(text: str, searched: set[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a word whose stem was searched for."""
    pieces, position = [], 0
    for match in _WRITTEN.finditer(text):
        if any(stem(word) in searched for word in words_of(match.group())):
            pieces += [(text[position : match.start()], False), (match.group(), True)]
            position = match.end()
    return [piece for piece in (*pieces, (text[position:], False)) if piece[0]]
