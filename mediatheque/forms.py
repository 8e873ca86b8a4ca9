"""Forms of a resource: what is said of it; a file to send."""

from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import Language
from actors.forms import plain_helper
from actors.models import Actor, Skill, User
from coexist.common.forms import OnceMixin, TerritoryField, ThemeField
from coexist.common.widgets import LongSelectMultiple

from .enums import LENT, Audience, FileKind
from .models import FIRST_YEAR, Resource, ResourceFile
from .sniffing import ACCEPTED, prepared


class ResourceForm(OnceMixin, forms.ModelForm):
    themes = ThemeField()
    territories = TerritoryField(label=_("De quels territoires elle parle"))
    languages = forms.MultipleChoiceField(
        label=_("Langues"), choices=Language, widget=forms.CheckboxSelectMultiple, initial=["fr"]
    )
    audiences = forms.MultipleChoiceField(
        label=_("Pour qui"), choices=Audience, required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("Compétences"), queryset=Skill.objects.select_related("parent"), required=False,
        help_text=_("Laissez vide : nous les reconnaissons dans le titre et le résumé."),
        widget=LongSelectMultiple(attrs={"data-picker": "", "size": 6}),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Lien"), required=False, assume_scheme="https", max_length=500,
        help_text=_("La page où elle se trouve, ou une vidéo sur PeerTube, YouTube ou Vimeo. Les fichiers s'ajoutent "
                    "à l'étape suivante."),
    )  # fmt: skip

    class Meta:
        model = Resource
        fields = [
            "publisher", "title", "kind", "summary", "authors", "year", "languages", "licence", "link", "description",
            "audiences", "themes", "territories", "skills", "transcript", "loan", "image", "image_alt",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}), "description": forms.Textarea(attrs={"rows": 6}),
            "transcript": forms.Textarea(attrs={"rows": 6}), "loan": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year
        self._choose_publisher(Actor.objects.writable_by(user))
        who = ["publisher"] if "publisher" in self.fields else []
        self.helper = plain_helper(
            Fieldset(_("La ressource"), "form_key", *who, "title", "kind", "summary", "link"),
            Fieldset(
                _("D'où elle vient"),
                Row(Column("authors", css_class="col-md-9"), Column("year", css_class="col-md-3")),
                "licence", "languages",
            ),
            Fieldset(_("Pour être trouvée"), "themes", "territories", "skills", "audiences"),
            Fieldset(
                _("Pour en dire plus (facultatif)"),
                "description", HTML("{% include 'components/markdown_help.html' %}"),
                "transcript", "loan", "image", "image_alt",
            ),
        )  # fmt: skip

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
            raise ValidationError(_("Une année entre 1900 et l'an prochain."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("image") and not cleaned.get("image_alt"):
            self.add_error("image_alt", _("Décrivez l'image pour qui ne la voit pas."))
        if cleaned.get("kind") in LENT and not cleaned.get("loan"):
            self.add_error("loan", _("Comment l'emprunter : quel format, quel transport, quelle caution ?"))
        return cleaned

    def _choose_publisher(self, publishers: Any) -> None:
        publisher = self.fields["publisher"]
        assert isinstance(publisher, forms.ModelChoiceField)
        publisher.queryset, publisher.empty_label = publishers, None
        if self.instance.pk:
            del self.fields["publisher"]
        elif len(own := list(publishers[:2])) == 1:
            self.initial["publisher"], publisher.widget = own[0], forms.HiddenInput()


class FileForm(OnceMixin):
    """One file: a new one, a new version of one, or subtitles of a video of the resource."""

    file = forms.FileField(label=_("Fichier"), widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    label = forms.CharField(
        label=_("Intitulé"), max_length=120, required=False,
        help_text=_("Par exemple : « Synthèse », « Annexes ». Vide : le nom du fichier."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Langue"), choices=[("", _("à reconnaître")), *Language.choices], required=False
    )
    replaces = forms.ModelChoiceField(
        label=_("Remplace"), queryset=ResourceFile.objects.none(), required=False,
        empty_label=_("aucun : c'est un nouveau fichier"),
        help_text=_("La version remplacée est gardée, mais n'est plus montrée."),
    )  # fmt: skip
    video = forms.ModelChoiceField(
        label=_("Sous-titres de la vidéo"), queryset=ResourceFile.objects.none(), required=False,
        empty_label=_("ce ne sont pas des sous-titres"),
    )  # fmt: skip

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = resource.files.current().documents()
        self.videos = list(files.filter(kind=FileKind.VIDEO)[:30])
        for name, rows in (("replaces", files), ("video", files.filter(kind=FileKind.VIDEO))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        shown = ["form_key", "file", "label", "language"]
        shown += [name for name, there in (("replaces", files.exists()), ("video", self.videos)) if there]
        for name in set(self.fields) - set(shown):
            del self.fields[name]
        self.helper = plain_helper(*shown)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file"):
            return cleaned
        try:
            cleaned["prepared"] = prepared(cleaned["file"])
        except ValidationError as refused:
            self.add_error("file", refused)
            return cleaned
        if cleaned["prepared"].kind == FileKind.SUBTITLES:
            self._of_video(cleaned)
        else:
            cleaned["video"] = None
        return cleaned

    def _of_video(self, cleaned: dict[str, Any]) -> None:
        cleaned["replaces"] = None
        if not self.videos:
            self.add_error("file", _("Des sous-titres vont avec une vidéo : envoyez d'abord la vidéo."))
        elif cleaned.get("video") is None and len(self.videos) == 1:
            cleaned["video"] = self.videos[0]
        elif cleaned.get("video") is None:
            self.add_error("video", _("De quelle vidéo sont-ce les sous-titres ?"))
        if not cleaned.get("language"):
            self.add_error("language", _("Dans quelle langue sont ces sous-titres ?"))


class MoveForm(forms.Form):
    to = forms.CharField(max_length=10)


class DecisionForm(forms.Form):
    seen = forms.DateTimeField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Motif, lu par l'acteur"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
