"""One search, two sides: the actors who can answer, and the open needs that are near."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import QueryDict

from actors.directory.filters import ActorFilter
from actors.directory.results import Directory
from actors.models import Actor
from actors.skills.detection import Taxonomy, taxonomy
from coexist.common.facets import Counts, together
from coexist.common.results import find_together
from projects.filters import NeedFilter
from projects.models import Need
from projects.need_results import NeedResults

from .queries import SHARED, for_actors, for_needs


def directory(rows: QuerySet[Actor], parameters: QueryDict, known: Taxonomy) -> Directory:
    return Directory(rows, ActorFilter(parameters, queryset=rows, known=known))


def needs(rows: QuerySet[Need], parameters: QueryDict, known: Taxonomy) -> NeedResults:
    return NeedResults(rows, NeedFilter(parameters, queryset=rows, known=known))


class BothSides:
    """What everybody may see of both, narrowed as the address says."""

    def __init__(self, parameters: QueryDict) -> None:
        known = taxonomy()
        self.actors = directory(Actor.objects.approved().with_card_data(), for_actors(parameters), known)
        self.needs = needs(Need.objects.open().with_card_data(), for_needs(parameters), known)
        find_together(self.actors, self.needs)

    @property
    def filter(self) -> NeedFilter:
        """Of which the page shows the form: its facets are those of both sides."""
        assert isinstance(self.needs.filter, NeedFilter)
        return self.needs.filter

    @property
    def counts(self) -> Counts:
        """Of each value, how many rows of both sides it would leave."""
        of_actors = self.actors.counts
        named = {name: of_actors.of(theirs) for name, theirs in SHARED.items() if name != "q"}
        return together(self.needs.counts, replace(of_actors, by_facet=named))
