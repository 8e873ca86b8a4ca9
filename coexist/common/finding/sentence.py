"""What is typed into one box for everything: a name, some words, a whole sentence."""

from functools import cached_property

from coexist.common.language.text import stems
from coexist.common.search import search_words
from coexist.common.wanted import Wanted


class Sentence(Wanted):
    """Its polite opening is nothing to look for in texts; in titles it may be part of a name."""

    @cached_property
    def all_words(self) -> list[str]:
        return search_words(self.without_opening) or search_words(self.text)

    @cached_property
    def stems(self) -> set[str]:
        return set(stems(" ".join(self.all_words)))
