from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Actor


class ProposeForm(forms.Form):
    actor = forms.ModelChoiceField(queryset=Actor.objects.without_index())


class ClosingForm(forms.Form):
    text = forms.CharField(
        label=_("Ce que l'équipe du projet lira"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip
