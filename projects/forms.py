"""A project and its need, written on one page."""

from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from actors.enums import Language, Mode
from actors.forms import plain_helper, recognised_skills
from actors.models import Actor, Skill, User
from coexist.common.forms import DateInput, OnceMixin, TerritoryField, ThemeField, in_order
from coexist.common.widgets import LongSelectMultiple

from .models import Need, Project


class ProjectForm(OnceMixin, forms.ModelForm):
    themes = ThemeField()
    territories = TerritoryField(label=_("Où se passe le projet"))
    languages = forms.MultipleChoiceField(
        label=_("Langues de travail"), choices=Language, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Project
        fields = ["lead", "title", "summary", "description", "stage", "territories", "themes", "languages"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "description": forms.Textarea(attrs={"rows": 5})}
        labels = {"title": _("Titre du projet")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = Actor.objects.writable_by(user)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        lead.queryset, lead.empty_label = leads, None
        if self.instance.pk:
            del self.fields["lead"]
        elif leads.count() == 1:
            self.initial["lead"], lead.widget = leads.first(), forms.HiddenInput()
        who = ["lead"] if "lead" in self.fields else []
        self.helper = plain_helper(
            Fieldset(_("Le projet"), "form_key", *who, "title", "summary", "stage"),
            Fieldset(_("Où, sur quoi"), "territories", "themes", "languages"),
            Fieldset(_("Pour en dire plus (facultatif)"), "description"),
        )


class NeedForm(OnceMixin, forms.ModelForm):
    modes = forms.MultipleChoiceField(
        label=_("Modalités acceptées"), choices=Mode, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Un acteur qui n'en propose aucune ne sera pas sollicité."),
    )  # fmt: skip
    skills = forms.ModelMultipleChoiceField(
        label=_("Compétences reconnues"), queryset=Skill.objects.select_related("parent"), required=False,
        help_text=_("Laissez vide : nous les reconnaissons dans votre titre."),
        widget=LongSelectMultiple(attrs={"data-picker": "", "size": 6}),
    )  # fmt: skip

    class Meta:
        model = Need
        fields = ["title", "detail", "kind", "modes", "skills", "quantity", "starts_on", "ends_on"]
        labels = {"title": _("En quelques mots")}
        widgets = {"detail": forms.Textarea(attrs={"rows": 4}), "starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(
            Fieldset(
                _("Ce que vous cherchez"), "form_key", "title", recognised_skills("id_need-title"), "detail", "kind",
            ),
            Fieldset(
                _("Comment, quand"), "modes", HTML("{% include 'actors/_mode_help.html' %}"),
                Row(
                    Column("starts_on", css_class="col-md-4"), Column("ends_on", css_class="col-md-4"),
                    Column("quantity", css_class="col-md-4"),
                ),
                "skills",
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wrong = in_order(cleaned, "starts_on", "ends_on")
        if wrong:
            self.add_error("ends_on", wrong)
        return cleaned
