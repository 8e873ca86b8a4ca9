"""What an animator types about a waiting profile."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.forms import DateInput

from ..enums import ActorState
from ..models import Actor, ReasonTemplate
from ..queue import LONGEST_SNOOZE

NEEDS_REASON = (ActorState.CHANGES_ASKED, ActorState.REFUSED, ActorState.SUSPENDED)


class TemplateSelect(forms.Select):
    """Each option carries its text, for the script that fills the field."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict:
        option = super().create_option(name, value, *args, **kwargs)
        if template := getattr(value, "instance", None):
            option["attrs"]["data-text"] = template.text
        return option


class DecisionForm(forms.Form):
    """A reason, typed or taken from a template; `seen` is the state that the animator decides from."""

    template = forms.ModelChoiceField(
        ReasonTemplate.objects.none(), label=_("Motif type"), required=False, empty_label=_("Aucun"),
        widget=TemplateSelect(attrs={"data-fills": "id_reason"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Motif"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Les responsables de l'acteur le reçoivent par e-mail, tel que vous l'écrivez."),
    )  # fmt: skip
    seen = forms.ChoiceField(choices=ActorState, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, state: ActorState, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        self.fields["seen"].initial = actor.state
        self.fields["template"].queryset = ReasonTemplate.objects.filter(decision=state)  # type: ignore[attr-defined]
        if not self.fields["template"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["template"]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        template = cleaned.get("template")
        if template and not cleaned.get("reason"):
            cleaned["reason"] = template.text
        if self.state in NEEDS_REASON and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Dites pourquoi : l'acteur doit savoir quoi faire."))
        return cleaned

    def taken(self) -> dict[str, Any]:
        """What the form shows next: the chosen template's text, to be read and changed before anything is decided."""
        self.is_valid()
        template = self.cleaned_data.get("template")
        return {"template": template, "reason": template.text if template else self.data.get("reason", "")}


class SnoozeForm(forms.Form):
    """Until when a profile is put aside; no date puts it back in the queue."""

    until = forms.DateField(label=_("Mettre de côté jusqu'au"), required=False, widget=DateInput())

    def clean_until(self) -> date | None:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and not today < until <= today + LONGEST_SNOOZE:
            raise forms.ValidationError(
                _("Choisissez un jour entre demain et le %(last)s."),
                params={"last": (today + LONGEST_SNOOZE).strftime("%d/%m/%Y")},
            )
        return until

    @staticmethod
    def suggested() -> date:
        return timezone.localdate() + timedelta(days=7)
