"""What the directory answers to one address."""

from collections.abc import Sequence

from coexist.common.hybrid import Searched
from coexist.common.results import Results

from ..models import Actor, Offer
from .answers import attach_answers


class Directory(Results):
    """Actors, who answer by their profile and by their offers."""

    searched = Searched(Actor, name="name_key", skills="offer_skills", parts=Offer, owner="actor")
    orders = {"": ("is_stale", "name_key", "pk"), "name": ("name_key", "pk"), "confirmed": ("-confirmed_at", "pk")}
    keep_as = "actors"

    @property
    def is_map(self) -> bool:
        return self.given.get("vue") == "carte"

    def complete(self, rows: Sequence[Actor]) -> None:
        """Give the actors of one page the offers that answer."""
        if self.wanted is not None and self.found is not None:
            attach_answers(rows, self.found, self.wanted, self.filter.taxonomy)
