"""The last question before an account goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forms import plain_helper
from ..models import Actor, User
from .succession import ANIMATORS, ARCHIVE, Succession, actors_left_alone_by, possible_heirs


class EraseForm(forms.Form):
    """A password, and one choice for each actor that would be left alone."""

    password = forms.CharField(
        label=gettext_lazy("Votre mot de passe"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.left_alone = list(actors_left_alone_by(person))
        for actor in self.left_alone:
            self.fields[_field(actor)] = _choice(actor, person)
        self.helper = plain_helper(*(_field(actor) for actor in self.left_alone), "password")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("Ce n'est pas votre mot de passe."))
        return password

    def successions(self) -> list[Succession]:
        return [Succession(actor.pk, self.cleaned_data[_field(actor)]) for actor in self.left_alone]


def _field(actor: Actor) -> str:
    return f"actor-{actor.pk}"


def _choice(actor: Actor, leaving: User) -> forms.ChoiceField:
    heirs = [
        (str(member.pk), _("Confier à %(person)s (%(role)s)") % {"person": member.user, "role": role})
        for member in possible_heirs(actor, leaving)
        for role in [member.get_role_display()]
    ]
    return forms.ChoiceField(
        label=_("Que devient « %(actor)s » ?") % {"actor": actor},
        help_text=_("Vous en êtes la seule personne responsable."),
        choices=[
            *heirs,
            (ANIMATORS, _("Le laisser à l'équipe d'animation, qui cherchera un autre responsable")),
            (ARCHIVE, _("L'archiver : la page et ses offres ne sont plus visibles")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que ce profil devient.")},
    )
