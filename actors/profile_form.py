"""The profile's form: who one is, where one acts, how one is known, whom to ask."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coexist.common.forms import TerritoryField, ThemeField

from . import registration
from .contacts import MOST_CONTACTS, ContactRow
from .enums import Language
from .forms import plain_helper
from .models import Actor, Contact

PREFIX = "contacts"


def _web_address(label: Any, help_text: Any = "") -> forms.URLField:
    return forms.URLField(label=label, required=False, assume_scheme="https", max_length=200, help_text=help_text)


class ActorForm(forms.ModelForm):
    themes = ThemeField()
    territories = TerritoryField(
        label=_("Territoires d'action"),
        help_text=_("Là où vous agissez, ici et ailleurs : pays, régions, départements, cantons."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues de travail"), choices=Language, required=False, widget=forms.CheckboxSelectMultiple
    )
    confirm_every = forms.TypedChoiceField(
        label=_("Me demander si c'est encore juste"), coerce=int, required=False, initial=6,
        choices=[(1, _("tous les mois")), *((n, format_lazy(_("tous les {n} mois"), n=n)) for n in range(2, 13))],
        help_text=_("Par un e-mail à vos membres ; un clic suffit pour confirmer."),
    )  # fmt: skip
    website = _web_address(_("Site web"))
    donation_url = _web_address(_("Page de don"), _("L'adresse où l'on peut vous faire un don, si vous en avez une."))

    class Meta:
        model = Actor
        fields = [
            "name", "acronym", "kind", "summary", "description", "logo", "address", "city", "postcode", "country",
            "territories", "themes", "languages", "size", "website", "donation_url", "registration_kind",
            "registration_number", "confirm_every",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 8}), "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "logo": _("PNG, JPEG ou WebP, 5 Mo au plus. Sans logo, vos initiales le remplacent."),
            "address": _("Visible de tous. Laissez vide si c'est le domicile de quelqu'un."),
            "registration_number": _("Visible de tous. Vos partenaires et l'équipe d'animation vérifient avec lui."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["registration_number"] = self.instance.registration
        # Written with its spaces and dots, a number is longer than the column that keeps it without.
        self.fields["registration_number"].widget.attrs.pop("maxlength", None)
        self.helper = plain_helper(
            Fieldset(
                _("Qui vous êtes"),
                Row(Column("name", css_class="col-md-9"), Column("acronym", css_class="col-md-3")),
                "kind", "summary", "description", HTML("{% include 'components/markdown_help.html' %}"), "logo",
            ),
            Fieldset(
                _("Où vous agissez, sur quoi"),
                "address",
                Row(
                    Column("postcode", css_class="col-md-3"), Column("city", css_class="col-md-5"),
                    Column("country", css_class="col-md-4"),
                ),
                "territories", "themes", "languages",
            ),
            Fieldset(
                _("Ce qui aide à vous connaître"),
                Row(Column("website", css_class="col-md-6"), Column("donation_url", css_class="col-md-6")),
                "size",
                Row(
                    Column("registration_kind", css_class="col-md-6"),
                    Column("registration_number", css_class="col-md-6"),
                ),
                HTML("{% include 'actors/_registration_help.html' %}"),
                "confirm_every",
            ),
        )  # fmt: skip

    def clean_confirm_every(self) -> int:
        """Not said: as it was."""
        return self.cleaned_data["confirm_every"] or self.instance.confirm_every

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"registration_kind", "registration_number"} & set(self.errors):
            self._check_registration(cleaned)
        return cleaned

    def show_unchecked(self) -> None:
        """Keep what was typed and judge nothing yet."""
        self._errors = ErrorDict()

    def _check_registration(self, cleaned: dict[str, Any]) -> None:
        """The number as its register has it; a register alone says nothing and is dropped."""
        number = cleaned.get("registration_number") or ""
        kind = (cleaned.get("registration_kind") or registration.kind_of(number) or "") if number else ""
        cleaned["registration_kind"] = kind
        if not number:
            return
        if not kind:
            self.add_error("registration_kind", _("Dites dans quel registre se trouve ce numéro."))
            return
        try:
            cleaned["registration_number"] = registration.compact(kind, number)
        except ValidationError as wrong:
            self.add_error("registration_number", wrong)


class ContactForm(forms.ModelForm):
    """One line of contacts; an empty line is left out."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)

    class Meta:
        model = Contact
        fields = ["name", "role", "email", "phone", "is_public"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Donnez une adresse e-mail ou un téléphone."))
        return cleaned


_ContactFormSet = forms.formset_factory(
    ContactForm, extra=1, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS, validate_max=True, can_delete=True
)


class ContactLines(_ContactFormSet):  # type: ignore[valid-type, misc]
    """The contacts of an actor as lines, with an empty one to add another.

    A request without these lines (`is_sent` false) leaves the contacts as they are.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, *, contacts: Iterable[Contact] = ()) -> None:
        self.is_sent = data is not None and f"{PREFIX}-TOTAL_FORMS" in data
        present = [
            {
                "pk": contact.pk, "name": contact.name, "role": contact.role, "email": contact.email,
                "phone": contact.phone, "is_public": contact.is_public,
            }
            for contact in contacts
        ]  # fmt: skip
        super().__init__(data if self.is_sent else None, prefix=PREFIX, initial=present)

    def can_be_saved(self) -> bool:
        return not self.is_sent or self.is_valid()

    def show_unchecked(self) -> None:
        """Keep what was typed and judge nothing yet."""
        for line in self.forms:
            line._errors = ErrorDict()
        self._errors, self._non_form_errors = ErrorList(), ErrorList()

    def rows(self) -> list[ContactRow]:
        """What the lines say. Only once `can_be_saved()`."""
        if not self.is_sent:
            return []
        return [_row(line.cleaned_data) for line in self.forms if line.cleaned_data.get("name") or _removed(line)]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Retirer ce contact")


def _removed(line: forms.Form) -> bool:
    return bool(line.cleaned_data.get("pk") and line.cleaned_data.get("DELETE"))


def _row(cleaned: dict[str, Any]) -> ContactRow:
    said = {name: value for name, value in cleaned.items() if name != "DELETE"}
    return ContactRow(**{"name": "", **said}, removed=cleaned["DELETE"])


def with_one_more_line(data: Any) -> Any:
    """What was sent, with an empty line of contacts after the others: "add" without JavaScript."""
    more = data.copy()
    count = more.get(f"{PREFIX}-TOTAL_FORMS", "")
    if count.isdecimal() and int(count) < MOST_CONTACTS:
        more[f"{PREFIX}-TOTAL_FORMS"] = str(int(count) + 1)
    return more
