"""Giving a calendar: its address, or its file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from actors.models import Actor

from .fetching.asking import MOST_BYTES, checked_address
from .models import CalendarSource
from .problems import CalendarError
from .reading.calendar import sniffed
from .services import MOST_SOURCES


class CalendarForm(forms.Form):
    url = forms.CharField(
        label=_("Adresse du calendrier"), max_length=1000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Au format iCal : elle finit souvent par .ics. Elle est relue chaque jour."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Ou un fichier .ics"), required=False, widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=_("2 Mo au plus ; lu une fois, puis effacé."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.helper = plain_helper("url", "file")

    def clean_url(self) -> str:
        given = self.cleaned_data["url"].strip()
        if not given:
            return ""
        try:
            return checked_address(given).geturl()
        except CalendarError as error:
            raise ValidationError(error.problem.sentence) from error

    def clean_file(self) -> tuple[str, bytes] | None:
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        if upload.size > MOST_BYTES:
            raise ValidationError(CalendarError("too_large", most=MOST_BYTES // 1_000_000).problem.sentence)
        content = upload.read()
        try:
            sniffed(content)
        except CalendarError as error:
            raise ValidationError(error.problem.sentence) from error
        return upload.name or "", content

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if bool(cleaned.get("url")) == bool(cleaned.get("file")):
            raise ValidationError(_("Donnez une adresse, ou un fichier."))
        others = CalendarSource.objects.of_actor(self.actor).exclude(url="")
        if cleaned.get("url") and others.exclude(url=cleaned["url"]).count() >= MOST_SOURCES:
            raise ValidationError(_("%(most)d calendriers au plus."), params={"most": MOST_SOURCES})
        return cleaned
