"""Forms of an import's steps."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.forms import DateInput, OnceMixin
from coexist.common.themes import Theme
from coexist.common.widgets import LongSelect

from ..enums import ActorKind, ActorState
from . import cells
from .checking import NEEDED
from .columns import BY_CODE, COLUMNS
from .enums import Decision
from .models import ImportRun
from .reading import MOST_BYTES, FileRefusedError, Table, read_table

SAMPLES = 3  # values shown beside a heading


class FileForm(forms.Form):
    """A file that could be read; its rows are in `table`."""

    file = forms.FileField(
        label=_("Fichier XLSX ou CSV"), max_length=200,
        help_text=_("5 Mo, 5 000 lignes et 60 colonnes au plus ; la première ligne porte les titres des colonnes."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"empty": _("Ce fichier est vide.")},
    )  # fmt: skip
    table: Table
    content: bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = file.read(MOST_BYTES + 1)
        try:
            self.table = read_table(file.name, self.content)
        except FileRefusedError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class UploadForm(FileForm, OnceMixin, forms.ModelForm):
    class Meta:
        model = ImportRun
        fields = ["source", "obtained_on"]
        widgets = {"obtained_on": DateInput(), "source": forms.TextInput(attrs={"size": 60})}

    field_order = ["file", "source", "obtained_on"]

    def clean_obtained_on(self) -> Any:
        day = self.cleaned_data["obtained_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est à venir."))
        return day


class MappingForm(forms.Form):
    """One choice for each column of the file."""

    default_kind = forms.ChoiceField(
        label=_("Type, quand la ligne n'en donne pas"), required=False, choices=[("", "—"), *ActorKind.choices]
    )

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.fields["default_kind"].initial = run.default_kind
        mapped = {place: code for code, place in run.mapping.items()}
        choices = [("", _("Ne pas importer")), *((column.code, column.label) for column in COLUMNS)]
        for place, heading in enumerate(run.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("(sans titre)"), required=False, choices=choices, initial=mapped.get(place, "")
            )

    def columns(self) -> list[dict]:
        """What the page shows of each column: its field and the first values under it."""
        first = list(self.run.lines.values_list("raw", flat=True)[:50])
        return [
            {"field": self[f"column_{place}"], "samples": _samples(first, place)}
            for place in range(len(self.run.headings))
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        mapping: dict[str, int] = {}
        for place in range(len(self.run.headings)):
            code = cleaned.get(f"column_{place}")
            if code in mapping:
                self.add_error(f"column_{place}", _("« %(column)s » est déjà choisi pour une autre colonne.")
                               % {"column": BY_CODE[code].label})  # fmt: skip
            elif code:
                mapping[code] = place
        for code in NEEDED:
            if code not in mapping and not (code == "kind" and cleaned.get("default_kind")):
                self.add_error(None, _("Dites quelle colonne donne : %(column)s.") % {"column": BY_CODE[code].label})
        cleaned["mapping"] = mapping
        return cleaned


def _samples(rows: list[list[str]], place: int) -> list[str]:
    values = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
    return list(dict.fromkeys(values))[:SAMPLES]


class LaunchForm(forms.Form):
    new_state = forms.ChoiceField(
        label=_("Les acteurs créés sont"), initial=ActorState.DRAFT, widget=forms.RadioSelect,
        choices=[
            (ActorState.DRAFT, _("en brouillon : seule l'équipe les voit, jusqu'à leur validation")),
            (ActorState.APPROVED, _("validés : ils paraissent tout de suite dans l'annuaire")),
        ],
    )  # fmt: skip


class RestForm(forms.Form):
    """One choice for all lines that still wait for one."""

    decision = forms.ChoiceField(label=_("Toutes les lignes à décider"), choices=Decision)


class ExportForm(forms.Form):
    """Which actors to take out, and how. A plain GET: the address can be kept."""

    layout = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], initial="xlsx")
    state = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("Tous")), *ActorState.choices])
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Tous")), *ActorKind.choices])
    territory = forms.CharField(
        label=_("Territoire d'action"), required=False, max_length=60, help_text=_("Nom ou code : Haute-Savoie, SN…")
    )
    theme = forms.TypedChoiceField(
        label=_("Thème"), required=False, coerce=int, empty_value=None, choices=[("", _("Tous")), *Theme.choices],
        widget=LongSelect,
    )  # fmt: skip

    def clean_territory(self) -> str:
        text = self.cleaned_data["territory"].strip()
        try:
            return cells.territory(text) if text else ""
        except cells.WrongError as error:
            raise forms.ValidationError(_("Territoire inconnu.")) from error
