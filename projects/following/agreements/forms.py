"""Forms of conventions."""

from datetime import date
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from coexist.common.forms import DateInput, OnceMixin, in_order
from coexist.common.uploads.documents import DocumentField

from ..models import Agreement, Partnership
from ..services import PartnershipError
from .services import refuse_state


class AgreementForm(OnceMixin, forms.ModelForm):
    """With one line for the signatory of each party."""

    class Meta:
        model = Agreement
        fields = [
            "kind", "object", "amount", "currency", "in_kind", "in_kind_value", "starts_on", "ends_on", "foreign",
            "donor", "turnover",
        ]  # fmt: skip
        widgets = {
            "object": forms.Textarea(attrs={"rows": 4}),
            "in_kind": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "foreign": forms.RadioSelect(),
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(partnership.parties.select_related("actor").order_by("pk"))
        known = {row.actor_id: row for row in self.instance.signatories.all()} if self.instance.pk else {}
        rows = [self._add_signatory(party, known.get(party.actor_id)) for party in self.parties]
        self.helper = plain_helper(
            "form_key",
            Fieldset(str(_("Ce qui est convenu")), "kind", "object", _pair("starts_on", "ends_on")),
            Fieldset(
                str(_("Ce que chacun apporte")), _pair("amount", "currency"), "in_kind", "in_kind_value",
            ),
            Fieldset(str(_("Qui signe")), *rows),
            Fieldset(str(_("Autorité étrangère")), "foreign"),
            Fieldset(
                str(_("Pour estimer l'effet fiscal")),
                HTML("{% include 'following/_tax_help.html' %}"), "donor", "turnover",
            ),
        )  # fmt: skip

    def _add_signatory(self, party: Any, known: Any) -> Row:
        name, capacity = f"name_{party.actor_id}", f"capacity_{party.actor_id}"
        self.fields[name] = forms.CharField(
            label=_("Signataire pour %(actor)s") % {"actor": party.actor}, max_length=120, required=False,
            initial=known.name if known else "",
        )  # fmt: skip
        self.fields[capacity] = forms.CharField(
            label=_("en qualité de"), max_length=150, required=False, initial=known.capacity if known else "",
            help_text=_("Présidente, maire, directeur habilité par délibération du…"),
        )  # fmt: skip
        return _pair(name, capacity)

    @property
    def signatories(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        keys = [party.actor_id for party in self.parties]
        return {key: (data[f"name_{key}"].strip(), data[f"capacity_{key}"].strip()) for key in keys}

    def clean_foreign(self) -> str:
        foreign = self.cleaned_data["foreign"]
        try:
            refuse_state(foreign)
        except PartnershipError as refused:
            raise forms.ValidationError(str(refused)) from None
        return foreign

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = in_order(cleaned, "starts_on", "ends_on")
        if wrong:
            self.add_error("ends_on", wrong)
        for party in self.parties:
            if cleaned.get(f"name_{party.actor_id}") and not cleaned.get(f"capacity_{party.actor_id}"):
                self.add_error(f"capacity_{party.actor_id}", _("Dites en quelle qualité cette personne signe."))
        return cleaned


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Texte de la convention"), max_length=40_000, required=False,
        widget=forms.Textarea(attrs={"rows": 28}),
        help_text=_("Vide : le texte du modèle, avec ce que vous avez saisi."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class _DayForm(forms.Form):
    on = forms.DateField(label=_("Date"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.helper = plain_helper(*self.fields)

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans l'avenir."))
        return on


class SignedForm(_DayForm):
    file = DocumentField(
        label=_("Exemplaire signé"),
        help_text=_("Un PDF, ou une image. Seules les parties et l'équipe d'animation peuvent le lire."),
    )


class TransmissionForm(_DayForm):
    pass


def _pair(first: str, second: str) -> Row:
    return Row(Column(first, css_class="col-md-6"), Column(second, css_class="col-md-6"))
