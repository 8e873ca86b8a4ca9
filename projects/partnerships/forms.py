"""Short forms: a message, or a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from actors.models import Actor
from projects.matching.enums import RefusalReason

MESSAGE = {"rows": 5}


class _ActorChoice(forms.Form):
    """In whose name: hidden where there is no choice."""

    actor = forms.ModelChoiceField(label=_("Au nom de"), queryset=Actor.objects.none(), empty_label=None)

    def __init__(self, *args: Any, actors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["actor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = actors
        if len(actors) == 1:
            # On the form: what the view passes as `initial`, a None included, goes before the field's own.
            self.initial["actor"], field.widget = actors[0], forms.HiddenInput()
        self.helper = plain_helper(*self.fields)


class InterestForm(_ActorChoice):
    message = forms.CharField(
        label=_("Votre message"), max_length=2000, widget=forms.Textarea(attrs=MESSAGE),
        help_text=_("Qui vous êtes, ce que vous pouvez faire, quand. Deux phrases suffisent."),
    )  # fmt: skip


class _Reason(forms.Form):
    reason = forms.ChoiceField(label=_("Parce que…"), choices=RefusalReason, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Précisions (facultatif)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefusalForm(_Reason, _ActorChoice):
    """Logged in: the person says in whose name."""


class ReasonForm(_Reason):
    """From a mail, whose link says in whose name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class ContactForm(forms.Form):
    message = forms.CharField(
        label=_("Votre message"), max_length=2000, widget=forms.Textarea(attrs=MESSAGE),
        help_text=_("Pourquoi vous pensez à cet acteur, et ce que vous attendez de lui."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class AnswerForm(forms.Form):
    """Yes with a word, or no with a reason; the button says which."""

    reply = forms.CharField(
        label=_("Votre réponse (facultatif)"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.ChoiceField(
        label=_("Si vous déclinez, parce que…"), choices=[("", _("Choisissez")), *RefusalReason.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "decline" in self.data and not cleaned.get("reason"):
            self.add_error("reason", _("Dites pourquoi en choisissant dans la liste : cela évite d'autres demandes."))
        return cleaned
