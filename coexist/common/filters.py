"""Filters that every list uses."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.search import LONGEST_QUERY
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme
from coexist.common.widgets import LongSelect


class SearchFilter(django_filters.CharFilter):
    """A search box; what is too long is refused with a sentence, and kept in the box."""

    def __init__(self, *, placeholder: Any = "", **kwargs: Any) -> None:
        super().__init__(
            max_length=LONGEST_QUERY,
            widget=forms.TextInput(attrs={"type": "search", "placeholder": placeholder}),
            error_messages={"max_length": _("%(limit_value)d caractères au plus : gardez les mots importants.")},
            **kwargs,
        )


class ArrayChoiceFilter(django_filters.ChoiceFilter):
    """One value that an array column must hold."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs


class ThemeFilter(ArrayChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Thème"), choices=Theme.choices, empty_label=_("Tous"), **kwargs)


class TerritoryFilter(ArrayChoiceFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Territoire"), choices=grouped_choices, empty_label=_("Tous"), widget=LongSelect, **kwargs
        )
