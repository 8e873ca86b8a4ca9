"""A message with its files; why a thread is closed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from coexist.common.forms import OnceMixin

from . import files


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked."""

    def __init__(self, **kwargs: Any) -> None:
        widget = ManyFilesInput(attrs={"accept": ",".join(f".{ending}" for ending in files.BEGINNINGS)})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > files.MOST_FILES:
            raise ValidationError(_("Cinq fichiers au plus par message."))
        for file in given:
            files.check(file)
        return list(given)


class MessageForm(OnceMixin, forms.Form):
    text = forms.CharField(label=_("Votre message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    attachments = ManyFilesField(
        label=_("Pièces jointes (facultatif)"),
        help_text=_("Cinq fichiers de 10 Mo au plus : PDF, texte, tableur, présentation, image."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


class CloseForm(forms.Form):
    why = forms.CharField(
        label=_("Pourquoi ?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L'autre structure lira cette phrase."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)
