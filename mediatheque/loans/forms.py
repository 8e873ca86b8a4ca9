"""Asking to borrow; answering."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from coexist.common.forms import DateInput, OnceMixin, in_order

from ..models import LoanRequest
from . import rules


class LoanForm(OnceMixin, forms.ModelForm):
    starts_on = forms.DateField(label=_("Du"), widget=DateInput(), help_text=_("Le jour du retrait."))
    ends_on = forms.DateField(label=_("Au"), widget=DateInput(), help_text=_("Le jour du retour."))

    class Meta:
        model = LoanRequest
        fields = ["actor", "starts_on", "ends_on", "place", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        labels = {"actor": _("Au nom de")}
        help_texts = {
            "place": _("La salle, l'école, la commune."),
            "message": _("Pour qui, pour quelle occasion, et comment vous joindre."),
        }

    def __init__(self, *args: Any, borrowers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, forms.ModelChoiceField)
        actor.queryset, actor.empty_label = borrowers, None
        if len(own := list(borrowers[:2])) == 1:
            self.initial["actor"], actor.widget = own[0], forms.HiddenInput()
        self.helper = plain_helper("form_key", "actor", "starts_on", "ends_on", "place", "message")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end, today = cleaned.get("starts_on"), cleaned.get("ends_on"), timezone.localdate()
        if start and start < today:
            self.add_error("starts_on", _("Cette date est passée."))
        if start and start > today + timedelta(days=rules.AHEAD):
            self.add_error("starts_on", _("C'est trop loin : deux ans à l'avance au plus."))
        if wrong := in_order(cleaned, "starts_on", "ends_on"):
            self.add_error("ends_on", wrong)
        elif start and end and end - start > timedelta(days=rules.LONGEST):
            self.add_error("ends_on", _("Un an au plus."))
        return cleaned


class LoanMoveForm(forms.Form):
    to = forms.CharField(max_length=10)
    seen = forms.CharField(max_length=10)
    why = forms.CharField(max_length=1000, required=False)
