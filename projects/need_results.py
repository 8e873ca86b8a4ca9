"""What the list of needs answers to one address, and why each need is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from actors.skills.detection import Taxonomy
from coexist.common.hybrid import Searched
from coexist.common.results import Results
from coexist.common.wanted import Wanted

from .models import Need

NEWEST = (F("published_at").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class NeedAnswer:
    """By what a need answers a search: words of its title, a skill of the taxonomy, or its meaning alone."""

    pieces: Sequence[tuple[str, bool]]  # its title, cut up: text, and whether it is one of the search's words
    skill: str = ""

    @property
    def by_words(self) -> bool:
        return any(is_word for _text, is_word in self.pieces)


class NeedResults(Results):
    searched = Searched(Need, name="title_key", skills="skill_keys")
    orders = {"": ("is_stale", *NEWEST), "newest": NEWEST, "ending": (F("ends_on").asc(nulls_last=True), "pk")}
    keep_as = "needs"

    def complete(self, rows: Sequence[Need]) -> None:
        """Give the needs of one page what answers the search."""
        if self.wanted is None:
            return
        for need in rows:
            need.answer = answer(need, self.wanted, self.filter.taxonomy)  # type: ignore[attr-defined]


def answer(need: Need, wanted: Wanted, taxonomy: Taxonomy) -> NeedAnswer:
    skill = next((taxonomy.skills.get(key) for key in wanted.skills if key in need.skill_keys), None)
    return NeedAnswer(wanted.marked(need.title), skill.name if skill else "")
