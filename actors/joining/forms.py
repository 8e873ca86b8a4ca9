"""Inviting, claiming, answering: an address, a role, a message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Role
from ..forms import plain_helper

ROLE_HELP = {
    Role.OWNER: _("Responsable : tout, et la gestion des membres."),
    Role.EDITOR: _("Rédacteur : le profil, les offres, les projets, les réponses."),
    Role.READER: _("Lecteur : voit tout, ne change rien."),
}


class RoleChoice(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Rôle"))
        super().__init__(choices=Role, initial=Role.EDITOR, **kwargs)


class RoleRadio(RoleChoice):
    """With a word about what each role may do."""

    def __init__(self) -> None:
        super().__init__(widget=forms.RadioSelect)
        self.choices = [(role, ROLE_HELP[role]) for role in Role]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("La personne reçoit un lien, valable 14 jours. Un compte n'est pas nécessaire."),
    )  # fmt: skip
    role = RoleRadio()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class RoleForm(forms.Form):
    role = RoleChoice()


class ClaimForm(forms.Form):
    message = forms.CharField(
        label=_("Votre message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Qui vous êtes dans cette structure : fonction, depuis quand, comment le vérifier."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class ClaimAnswerForm(forms.Form):
    """Yes with a role, or no; the button says which."""

    role = RoleRadio()
    reason = forms.CharField(
        label=_("Un mot pour la personne"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Elle le reçoit par e-mail. Nécessaire si vous déclinez."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "decline" in self.data and not cleaned.get("reason"):
            self.add_error("reason", _("Dites pourquoi, en une phrase."))
        return cleaned
