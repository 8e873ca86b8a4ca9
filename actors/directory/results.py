"""What the directory answers to one address: counts, order, pages."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import QuerySet

from coexist.common import facets
from coexist.common.facets import Counts
from coexist.common.keys import among

from ..models import Actor
from .answers import attach_answers
from .filters import ActorFilter
from .search import Found, search
from .wanted import Wanted, read

ORDERS = {"": ("name_key", "pk"), "name": ("name_key", "pk"), "confirmed": ("-confirmed_at", "pk")}


class Directory:
    """The actors of `rows` that meet a filter, and how many there would be with another choice.

    A filter that cannot be read narrows nothing: what is wrong is said beside its field.
    """

    def __init__(self, rows: QuerySet[Actor], asked: ActorFilter) -> None:
        self._rows = rows
        self.filter = asked
        self._given = asked.form.cleaned_data if asked.is_valid() else {}

    @cached_property
    def wanted(self) -> Wanted | None:
        return read(self._given.get("q") or "", self.filter.taxonomy)

    @cached_property
    def found(self) -> Found | None:
        """What the words find, whatever facets are chosen; None where no word was given."""
        if self.wanted is None:
            return None
        narrowed = self.filter.narrow(self._rows)
        return search([narrowed, self._rows] if self.filter.chosen else [self._rows], self.wanted)

    @cached_property
    def counts(self) -> Counts:
        keep_as = "actors" if self.found is None else ""
        return facets.count(self._searched, self.filter.facets, self.filter.chosen, keep_as=keep_as)

    @property
    def is_map(self) -> bool:
        return self._given.get("vue") == "carte"

    @property
    def actors(self) -> QuerySet[Actor]:
        """Every actor of the result, in no order."""
        return self.filter.narrow(self._searched)

    def in_order(self) -> "QuerySet[Actor] | Ranked":
        """The result, to be cut into pages."""
        sort = self._given.get("sort") or ""
        if sort or self.found is None:
            return self.actors.order_by(*ORDERS[sort])
        return Ranked(self._rows, self.found.best_first(self._found_keys()))

    def complete(self, actors: Sequence[Actor]) -> None:
        """Give the actors of one page the offers that answer."""
        if self.wanted is not None and self.found is not None:
            attach_answers(actors, self.found, self.wanted)

    def _found_keys(self) -> Iterable[int]:
        assert self.found is not None
        if not self.filter.chosen:
            return self.found.scores
        return self.actors.order_by().values_list("pk", flat=True)

    @property
    def _searched(self) -> QuerySet[Actor]:
        return self._rows if self.found is None else self._rows.filter(pk__in=among(self.found.scores))


class Ranked:
    """Actors by their keys, best first; only those of the page asked for are read."""

    def __init__(self, rows: QuerySet[Actor], keys: Sequence[int]) -> None:
        self.rows, self.keys = rows, keys

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Actor]:
        by_key = self.rows.in_bulk(list(self.keys[part]))
        return [by_key[key] for key in self.keys[part] if key in by_key]
