"""What a searched and faceted list answers to one address: counts, order, pages."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from . import facets, hybrid
from .facet_filters import FacetedFilterSet
from .facets import Counts
from .hybrid import Found, Searched
from .keys import among
from .wanted import Wanted


class Results:
    """The rows of `rows` that meet a filter, and how many there would be with another choice.

    A filter that cannot be read narrows nothing: what is wrong is said beside its field. Subclass
    with what is searched, the orders by name (the first stands where nothing is searched), and a
    name for counts that everybody sees alike.
    """

    searched: ClassVar[Searched]
    orders: ClassVar[dict[str, tuple]]
    keep_as: ClassVar[str] = ""

    def __init__(self, rows: QuerySet, asked: FacetedFilterSet) -> None:
        self._rows = rows
        self.filter = asked
        self.given: dict[str, Any] = asked.form.cleaned_data if asked.is_valid() else {}

    @cached_property
    def wanted(self) -> Wanted | None:
        return self.filter.wanted(self.given.get("q") or "")

    @cached_property
    def found(self) -> Found | None:
        """What the words find, whatever facets are chosen; None where no word was given."""
        if self.wanted is None:
            return None
        with hybrid.one_transaction():
            return self._find(self.wanted)

    def find_within(self) -> None:
        """Search now, inside the caller's `hybrid.one_transaction`."""
        if self.wanted is not None:
            self.__dict__["found"] = self._find(self.wanted)

    @cached_property
    def counts(self) -> Counts:
        keep_as = self.keep_as if self.found is None else ""
        return facets.count(self._narrowable, self.filter.facets, self.filter.chosen, keep_as=keep_as)

    @property
    def all(self) -> QuerySet:
        """Every row of the result, in no order."""
        return self.filter.narrow(self._narrowable)

    def in_order(self) -> "QuerySet | Ranked":
        """The result, to be cut into pages."""
        sort = self.given.get("sort") or ""
        if sort or self.found is None:
            return self.all.order_by(*self.orders[sort])
        return Ranked(self._rows, self.found.best_first(self._found_keys()))

    def first(self, most: int) -> list:
        """The beginning of the result, completed, in one query where the page needs no more of it."""
        if self.found is None:
            rows = self.all.order_by(*self.orders[""])
        else:
            best = self.found.best_first(self.found.scores)
            rows = self.all.order_by(_place_in(best))
        first = list(rows[:most])
        self.complete(first)
        return first

    def keys(self) -> list[int]:
        """Keys of the whole result, in its order."""
        if self.found is None:
            return list(self.all.order_by(*self.orders[""]).values_list("pk", flat=True))
        return self.found.best_first(self._found_keys())

    def complete(self, rows: Sequence) -> None:
        """Give the rows of one page what says why they answer."""

    def _find(self, wanted: Wanted) -> Found:
        lists = [self.filter.narrow(self._rows), self._rows] if self.filter.chosen else [self._rows]
        return hybrid.search(self.searched, lists, wanted)

    def _found_keys(self) -> Iterable[int]:
        assert self.found is not None  # asked by the callers
        if not self.filter.chosen:
            return self.found.scores
        return self.all.order_by().values_list("pk", flat=True)

    @property
    def _narrowable(self) -> QuerySet:
        return self._rows if self.found is None else self._rows.filter(pk__in=among(self.found.scores))


def find_together(*lists: Results) -> None:
    """Search several lists in one transaction; nothing where no word was given."""
    with hybrid.one_transaction() if any(one.wanted for one in lists) else nullcontext():
        for one in lists:
            one.find_within()


class Ranked:
    """Rows by their keys, best first; only those of the page asked for are read."""

    def __init__(self, rows: QuerySet, keys: Sequence[int]) -> None:
        self.rows, self.keys = rows, keys

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> list:
        by_key = self.rows.in_bulk(list(self.keys[part]))
        return [by_key[key] for key in self.keys[part] if key in by_key]


def _place_in(keys: Sequence[int]) -> Func:
    """A row's place among `keys`."""
    listed = Cast(Value(list(keys)), ArrayField(BigIntegerField()))
    return Func(listed, F("pk"), function="array_position", output_field=IntegerField())
