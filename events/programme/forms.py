from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper

from .enums import Layout, Order


class PrintForm(forms.Form):
    layout = forms.ChoiceField(label=_("Format"), choices=Layout, widget=forms.RadioSelect, initial=Layout.A4)
    order = forms.ChoiceField(label=_("Ordre"), choices=Order, widget=forms.RadioSelect, initial=Order.TOWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("layout", "order")
