"""Registering: for which date, and, without an account, who one is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms import plain_helper
from actors.models import User

from ..models import Event, Occurrence
from . import rules
from .words import when

ALL = "all"
MOST_DATES = 24  # that one form offers: the next ones


class RegistrationForm(forms.Form):
    what = forms.ChoiceField(label=gettext_lazy("Pour quelle date"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Prénom et nom"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Un message y part avec un lien à ouvrir : il confirme que l'adresse est la vôtre."),
    )  # fmt: skip
    access_needs = forms.CharField(
        label=gettext_lazy("Besoins d'accessibilité"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Facultatif, lu par le seul organisateur : place en fauteuil, langue des signes… Effacé avec le reste."
        ),
    )  # fmt: skip

    def __init__(
        self, *args: Any, event: Event, person: User | None = None, by_hand: bool = False, **kwargs: Any
    ) -> None:
        self.event, self.person = event, person
        super().__init__(*args, **kwargs)
        self.dates = {str(row.pk): row for row in self._offered()}
        choices = self._choices()
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["what"] = choices[0][0]
        if person is not None:
            del self.fields["email"]
            self.fields["name"].initial = person.name
        if by_hand:
            self.fields["email"].required = False
            self.fields["email"].help_text = _("Facultatif. La personne reçoit la confirmation et de quoi annuler.")
        self.helper = plain_helper(*self.fields)

    @property
    def takes_any(self) -> bool:
        return bool(self.fields["what"].choices)  # type: ignore[attr-defined]

    def chosen(self) -> Occurrence | None:
        """None for all dates."""
        return self.dates.get(self.cleaned_data["what"])

    def _offered(self) -> list[Occurrence]:
        rows = list(rules.dates_to_take(self.event)[:MOST_DATES])
        for row in rows:
            row.event = self.event
        return rows

    def _choices(self) -> list[tuple[str, str]]:
        choices = []
        if self.event.booking in rules.ALL_DATES and self.dates:
            choices.append((ALL, _("Toutes les dates")))
        if self.event.booking in rules.ONE_DATE:
            choices += [(key, self._said(row)) for key, row in self.dates.items()]
        return choices

    def _said(self, row: Occurrence) -> str:
        if row.places_left == 0:
            return _("%(when)s (complet : liste d'attente)") % {"when": when(row)}
        return when(row)
