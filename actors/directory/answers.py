"""Of each actor found, the offer that answers, and by what."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from coexist.common.language.text import stem, words

from ..models import Actor, Offer
from .search import LEAST_ALIKE, Wanted

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


def with_measured_offers(rows: QuerySet[Actor], wanted: Wanted) -> QuerySet[Actor]:
    """`rows` whose offers come with how well each answers, in place of the bare ones that a card shows."""
    offers = Offer.objects.without_index().annotate(words_rank=wanted.rank, far=wanted.distance)
    return rows.prefetch_related(None).prefetch_related(Prefetch("offers", offers.prefetch_related("skills")))


def attach_answers(actors: Iterable[Actor], wanted: Wanted) -> None:
    """Give each actor its `answer`, or None where its name or profile was what answered."""
    for actor in actors:
        actor.answer = _best(list(actor.offers.all()), wanted)  # type: ignore[attr-defined]


def _best(offers: list[Offer], wanted: Wanted) -> Answer | None:
    best = max(offers, key=lambda offer: _strength(offer, wanted), default=None)
    if best is None or _strength(best, wanted) == 0:
        return None
    skill = next((skill.name for skill in best.skills.all() if skill.pk in wanted.skills), "")
    return Answer(best, marked(best.title, wanted.stems), skill)


def _strength(offer: Offer, wanted: Wanted) -> float:
    """How well one offer answers; nothing below what counts as an answer at all."""
    alike = 1 - offer.far if offer.far is not None else 0.0  # type: ignore[attr-defined]
    carries = any(skill.pk in wanted.skills for skill in offer.skills.all())
    return offer.words_rank + 0.5 * carries + (alike if alike >= LEAST_ALIKE else 0.0)  # type: ignore[attr-defined]


def marked(text: str, searched: set[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a word whose stem was searched for."""
    pieces, position = [], 0
    for match in _WRITTEN.finditer(text):
        if any(stem(word) in searched for word in words(match.group())):
            pieces += [(text[position : match.start()], False), (match.group(), True)]
            position = match.end()
    return [piece for piece in (*pieces, (text[position:], False)) if piece[0]]
