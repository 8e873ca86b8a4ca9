"""Of each actor found, the offer that answers, and by what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coexist.common.hybrid import Found
from coexist.common.wanted import Wanted

from ..models import Actor, Offer
from ..skills.detection import Taxonomy


@dataclass(frozen=True)
class Answer:
    """An offer that answers a search: by its words, by a skill of the taxonomy, or by its meaning alone."""

    offer: Offer
    pieces: Sequence[tuple[str, bool]]  # its title, cut up: text, and whether it is one of the search's words
    skill: str = ""

    @property
    def by_words(self) -> bool:
        return any(is_word for _text, is_word in self.pieces)


def attach_answers(actors: Iterable[Actor], found: Found, wanted: Wanted, taxonomy: Taxonomy) -> None:
    """Give each actor its `answer`, or None where its name or profile was what answered."""
    for actor in actors:
        actor.answer = _answer(actor, found, wanted, taxonomy)


def _answer(actor: Actor, found: Found, wanted: Wanted, taxonomy: Taxonomy) -> Answer | None:
    answering = found.parts.get(actor.pk)
    if answering is None:
        return None
    skill = taxonomy.skills.get(answering.skill or 0)
    return next(
        (
            Answer(offer, wanted.marked(offer.title), skill.name if skill else "")
            for offer in actor.card_offers
            if offer.pk == answering.part
        ),
        None,
    )
