"""Form parts that several apps use."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coexist.common import territories
from coexist.common.themes import Theme
from coexist.common.widgets import LongSelectMultiple


class ThemeField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Thèmes (objectifs de développement durable)"))
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=Theme.choices, coerce=int, required=False, **kwargs)


class TerritoryField(forms.MultipleChoiceField):
    """Territories by code. Without JavaScript a plain list; with it, a search box over the same list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Territoires"))
        widget = LongSelectMultiple(attrs={"data-picker": "", "size": 6})
        super().__init__(choices=territories.grouped_choices, required=False, widget=widget, **kwargs)


class DateInput(forms.DateInput):
    """The browser's own calendar, fed with ISO dates as it wants them."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class OnceMixin(forms.Form):
    """A key made with the empty form: a double click finds what the first click wrote."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid4

    def clean_form_key(self) -> UUID:
        return self.cleaned_data["form_key"] or uuid4()


def in_order(cleaned: dict, first: str, last: str) -> str | None:
    """The sentence for the later field when two dates are the wrong way round."""
    start, end = cleaned.get(first), cleaned.get(last)
    if start and end and end < start:
        return _("Cette date vient avant celle du début (%(start)s).") % {"start": start.strftime("%d/%m/%Y")}
    return None
