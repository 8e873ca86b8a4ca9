"""First who is chosen, then what is written to everybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WRITTEN = {"rows": 7}


class ChoiceForm(forms.Form):
    chosen = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Choisissez au moins une réponse.")}
    )
    filled = forms.BooleanField(label=_("Le besoin est pourvu : ne plus solliciter personne"), required=False)

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        """`keys` of the answers that wait for a decision."""
        super().__init__(*args, **kwargs)
        for name in ("chosen", "others"):
            if name in self.fields:
                self.fields[name].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class SendForm(ChoiceForm):
    others = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reply = forms.CharField(
        label=_("À qui vous retenez (facultatif)"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    courteous = forms.CharField(
        label=_("Aux autres"), max_length=2000, required=False, widget=forms.Textarea(attrs=WRITTEN),
        help_text=_("Chacun reçoit ce texte, en un seul e-mail, sans le nom des autres."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("others") and not cleaned.get("courteous", "").strip():
            self.add_error("courteous", _("Écrivez quelques mots à ceux que vous ne retenez pas."))
        return cleaned
