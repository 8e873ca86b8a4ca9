"""Naming a search that is kept, and saying how often to be told."""

from typing import Any

from django import forms

from actors.forms import plain_helper

from .models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ["name", "rhythm"]
        widgets = {"rhythm": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("name", "rhythm")
