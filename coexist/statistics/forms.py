"""The period that an animator asks for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.forms import DateInput, in_order

from . import periods
from .periods import Period

FIRST_DAY = date(2020, 2, 6)  # of CoExist
LONGEST = timedelta(days=5 * 366)
PRESETS: dict[str, tuple[Any, Callable[[], Period]]] = {
    "year": (_("Cette année"), periods.this_year),
    "months": (_("12 derniers mois"), periods.twelve_months),
    "quarter": (_("Dernier trimestre"), periods.last_quarter),
    "last-year": (_("Année dernière"), periods.last_year),
}
USUAL = "months"


class PeriodForm(forms.Form):
    """Two days, or one of the presets; the usual period where neither can be read."""

    start = forms.DateField(label=_("Du"), required=False, widget=DateInput)
    end = forms.DateField(label=_("Au"), required=False, widget=DateInput)
    preset = forms.ChoiceField(
        choices=[(name, label) for name, (label, _period) in PRESETS.items()], required=False, widget=forms.HiddenInput
    )

    def clean_start(self) -> date | None:
        start = self.cleaned_data["start"]
        if start and start < FIRST_DAY:
            raise forms.ValidationError(_("CoExist a commencé le %(day)s.") % {"day": FIRST_DAY.strftime("%d/%m/%Y")})
        return start

    def clean_end(self) -> date | None:
        end = self.cleaned_data["end"]
        if end and end > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n'est pas encore passé."))
        return end

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if error := in_order(cleaned, "start", "end"):
            self.add_error("end", error)
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end - start > LONGEST:
            self.add_error("end", _("Cinq ans au plus."))
        if bool(start) != bool(end) and not self.errors:
            self.add_error("end" if start else "start", _("Donnez les deux jours."))
        return cleaned

    @property
    def period(self) -> Period:
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if given.get("start") and given.get("end"):
            return Period(given["start"], given["end"])
        return PRESETS[given.get("preset") or USUAL][1]()

    @property
    def shown_preset(self) -> str:
        """The one that is shown; "" where days were given."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return "" if given.get("start") else given.get("preset") or USUAL
