"""The button that chooses an image; how the present one is shown is in bootstrap5/layout/field_file.html."""

from typing import Any

from django import forms

ACCEPTED = "image/png,image/jpeg,image/webp,image/gif"


class ImageInput(forms.ClearableFileInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})
