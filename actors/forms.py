"""Forms of offers and preferences: short, with help where people hesitate. The profile has its own module."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from coexist.common.forms import DateInput, TerritoryField, in_order
from coexist.common.widgets import LongSelectMultiple

from .enums import Mode
from .models import Offer, Skill, User


def plain_helper(*layout: Any) -> FormHelper:
    """A crispy helper that leaves the form tag and its buttons to the page."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper


def recognised_skills(field: str) -> HTML:
    """The skills read in the title, shown under it while it is typed."""
    return HTML("{% include 'actors/_recognise.html' with field='" + field + "' %}")


class OfferForm(forms.ModelForm):
    modes = forms.MultipleChoiceField(
        label=_("Modalités"), choices=Mode, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une modalité : elle évite les demandes qui ne vous vont pas.")},
    )  # fmt: skip
    skills = forms.ModelMultipleChoiceField(
        label=_("Compétences reconnues"), queryset=Skill.objects.select_related("parent"), required=False,
        help_text=_("Laissez vide : nous les reconnaissons dans votre titre. Vous pourrez les corriger."),
        widget=LongSelectMultiple(attrs={"data-picker": "", "size": 6}),
    )  # fmt: skip
    territories = TerritoryField(
        label=_("Territoires de cette offre"), help_text=_("Laissez vide si elle vaut partout où vous agissez.")
    )

    class Meta:
        model = Offer
        fields = [
            "title",
            "detail",
            "kind",
            "modes",
            "skills",
            "territories",
            "available_from",
            "available_until",
        ]
        widgets = {
            "detail": forms.Textarea(attrs={"rows": 3}),
            "available_from": DateInput(),
            "available_until": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(
            "title",
            recognised_skills("id_title"), "detail", "kind", "modes",
            HTML("{% include 'actors/_mode_help.html' %}"),
            "skills", "territories",
            Row(Column("available_from", css_class="col-md-6"), Column("available_until", css_class="col-md-6")),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = in_order(cleaned, "available_from", "available_until")
        if wrong:
            self.add_error("available_until", wrong)
        return cleaned


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "digest"]
        widgets = {"digest": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("name", "language", "digest")
