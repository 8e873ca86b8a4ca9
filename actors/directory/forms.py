"""Moving one's pin on the map."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import plain_helper


class PositionForm(forms.Form):
    """Two numbers that can be typed; the map, where it is there, fills them in."""

    latitude = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, localize=False,
        help_text=_("En degrés, du sud (-90) au nord (90). Par exemple : 46.194"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    longitude = forms.FloatField(
        label=_("Longitude"), min_value=-180, max_value=180, localize=False,
        help_text=_("En degrés, de l'ouest (-180) à l'est (180). Par exemple : 6.237"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("latitude", "longitude")
