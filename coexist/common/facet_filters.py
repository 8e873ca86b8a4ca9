"""Facets as filters of a list: several values each, read from the address, shown with their counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Choices, QuerySet
from django.db.models.enums import ChoicesType
from django.http import QueryDict

from coexist.common.facets import Counts, Facet, narrowed
from coexist.common.wanted import Wanted, read

SHOWN_FIRST = 7  # of a long facet; the others are one click away


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet on the page: its first options, and the rest of a long one."""

    name: str
    label: Any
    options: Sequence[Option]
    more: Sequence[Option]
    errors: Sequence[str]


@dataclass(frozen=True)
class ChosenOption:
    label: str
    query: str  # of the link that takes it away


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Any of several values of a column, or of an array column.

    Long `choices` are a function's: a form copies a list at each request, but not a function. `keys`
    gives the column's values where the address has others: a skill's code stands for its key. A long
    facet shows its most frequent values first.
    """

    def __init__(
        self,
        column: str,
        *,
        choices: type[Choices] | Callable[[], Iterable] = tuple,
        is_array: bool = True,
        is_long: bool = False,
        keys: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=choices, **kwargs)
        self.column, self.is_array, self.is_long, self.keys = column, is_array, is_long, keys

    @property
    def options(self) -> Iterable[tuple[Any, Any]]:
        """Values and labels; the groups of a list are left aside."""
        choices = self.extra["choices"]
        for value, label in choices.choices if isinstance(choices, ChoicesType) else choices():
            if isinstance(label, (list, tuple)):
                yield from label
            else:
                yield value, label

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        """The set narrows by all its facets at once: see FacetedFilterSet."""
        return qs

    def as_facet(self, name: str) -> Facet:
        return Facet(name, self.column, self.is_array)

    def column_values(self, values: Iterable[str]) -> list:
        return [self.keys[value] if self.keys else value for value in values]


class FacetedFilterSet(django_filters.FilterSet):
    """A filter set some of whose filters are facets."""

    @property
    def facet_filters(self) -> dict[str, FacetFilter]:
        return {name: one for name, one in self.filters.items() if isinstance(one, FacetFilter)}

    @property
    def facets(self) -> list[Facet]:
        return [one.as_facet(name) for name, one in self.facet_filters.items()]

    @property
    def chosen(self) -> dict[str, list]:
        """Facet -> chosen values, as the column has them; what cannot be read chooses nothing."""
        if not self.is_valid():
            return {}
        given = self.form.cleaned_data
        return {name: one.column_values(given[name]) for name, one in self.facet_filters.items() if given.get(name)}

    def wanted(self, text: str) -> Wanted | None:
        """What the search box asks for; None where it holds nothing to search for."""
        return read(text)

    def leave(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """For filters that the result reads, not this set: searching, sorting, the view (results.py)."""
        return queryset

    def narrow(self, rows: QuerySet) -> QuerySet:
        return narrowed(rows, self.facets, self.chosen)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.narrow(super().filter_queryset(queryset))

    def shown_facets(self, counts: Counts) -> list[ShownFacet]:
        """Each facet with the options that lead somewhere, and those that are chosen."""
        return [self._shown(name, one, counts.of(name)) for name, one in self.facet_filters.items()]

    def chosen_options(self, parameters: QueryDict) -> list[ChosenOption]:
        """What is chosen, each with the address's parameters without it."""
        chosen = []
        for name in self.chosen:
            labels = {str(value): str(label) for value, label in self.filters[name].options}
            for value in self.form.cleaned_data[name]:
                without = parameters.copy()
                without.setlist(name, [other for other in without.getlist(name) if other != value])
                without.pop("page", None)
                chosen.append(ChosenOption(labels[value], without.urlencode()))
        return chosen

    def _shown(self, name: str, facet: FacetFilter, counts: dict[str, int]) -> ShownFacet:
        field = self.form.fields[name]
        chosen = set(self.form.data.getlist(name)) if self.form.is_bound else set()
        options = []
        for value, label in facet.options:
            key = str(facet.keys[value] if facet.keys else value)
            if counts.get(key) or str(value) in chosen:
                options.append(Option(str(value), str(label), counts.get(key, 0), str(value) in chosen))
        if facet.is_long:
            options.sort(key=lambda option: (not option.is_chosen, -option.count))
        first = max(SHOWN_FIRST, sum(option.is_chosen for option in options)) if facet.is_long else len(options)
        rest = sorted(options[first:], key=lambda option: option.label)
        return ShownFacet(name, field.label, options[:first], rest, self.form.errors.get(name, []))
