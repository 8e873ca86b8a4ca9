"""Of each actor found, the offer that answers, and by what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coexist.common.language.text import stem, words

from ..models import Actor, Offer
from .search import Found
from .wanted import Wanted

_WRITTEN = re.compile(r"[\w+#]+(?:[.][\w+#]+)*")


@dataclass(frozen=True)
class Answer:
    """An offer that answers a search: by its words, by a skill of the taxonomy, or by its meaning alone."""

    offer: Offer
    pieces: Sequence[tuple[str, bool]]  # its title, cut up: text, and whether it is one of the search's words
    skill: str = ""

    @property
    def by_words(self) -> bool:
        return any(is_word for _text, is_word in self.pieces)


def attach_answers(actors: Iterable[Actor], found: Found, wanted: Wanted) -> None:
    """Give each actor its `answer`, or None where its name or profile was what answered."""
    for actor in actors:
        actor.answer = _answer(actor, found, wanted)  # type: ignore[attr-defined]


def _answer(actor: Actor, found: Found, wanted: Wanted) -> Answer | None:
    answering = found.offers.get(actor.pk)
    if answering is None:
        return None
    skill = wanted.taxonomy.skills.get(answering.skill or 0)
    return next(
        (
            Answer(offer, marked(offer.title, wanted.stems), skill.name if skill else "")
            for offer in actor.offers.all()
            if offer.pk == answering.offer
        ),
        None,
    )


def marked(text: str, searched: set[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a word whose stem was searched for."""
    pieces, position = [], 0
    for match in _WRITTEN.finditer(text):
        if any(stem(word) in searched for word in words(match.group())):
            pieces += [(text[position : match.start()], False), (match.group(), True)]
            position = match.end()
    return [piece for piece in (*pieces, (text[position:], False)) if piece[0]]
