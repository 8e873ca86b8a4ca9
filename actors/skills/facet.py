"""Lists that are searched and narrowed by skill."""

from typing import Any

from coexist.common.facet_filters import FacetedFilterSet
from coexist.common.wanted import Wanted, read

from .detection import Taxonomy, taxonomy


class SkillFacetedFilterSet(FacetedFilterSet):
    """With a facet `skill`, whose values are the taxonomy's; a search recognises them too.

    Who makes several at once gives them the same `known` taxonomy.
    """

    def __init__(self, *args: Any, known: Taxonomy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taxonomy = current = known or taxonomy()
        self.filters["skill"].extra["choices"] = lambda: current.choices  # never a method: copies copy its object
        self.filters["skill"].keys = current.keys

    def wanted(self, text: str) -> Wanted | None:
        return read(text, lambda kept: [mention.skill for mention in self.taxonomy.lexicon.find(kept)])
