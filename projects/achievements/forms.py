"""Forms of an achievement: the story in common, and one short form for each thing that a side adds."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import OfferKind
from actors.forms import plain_helper
from coexist.common.forms import OnceMixin, TerritoryField, ThemeField

from .enums import ShownPeople
from .models import Achievement, Appraisal, Contribution, Picture
from .services import STORY

FIRST_YEAR = 1980


class StoryForm(forms.ModelForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    kinds = forms.MultipleChoiceField(
        label=_("Ce qui a été apporté"), choices=OfferKind, required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = ThemeField()
    territories = TerritoryField(label=_("Où"))

    class Meta:
        model = Achievement
        fields = STORY
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "done": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        self.fields["done"].help_text = _(
            "Le point de départ, ce que chacun a apporté, ce qui a changé. Des paragraphes courts ; "
            "« ## Titre » fait un intertitre."
        )
        self.helper = plain_helper(
            Fieldset(str(_("Le récit")), "seen", "title", "summary", "done"),
            Fieldset(
                str(_("Les chiffres (ceux que vous connaissez)")),
                Row(Column("people_reached", css_class="col-md-6"), Column("days_given", css_class="col-md-6")),
                Row(Column("amount", css_class="col-md-6"), Column("currency", css_class="col-md-6")), "year",
            ),
            Fieldset(str(_("Pour être trouvé")), "kinds", "themes", "territories"),
        )  # fmt: skip

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise ValidationError(_("Une année entre 1980 et aujourd'hui."))
        return year

    @property
    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in STORY}


class QuotationForm(forms.ModelForm):
    class Meta:
        model = Contribution
        fields = ["quotation", "quotation_author", "quotation_role"]
        widgets = {"quotation": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quotation_author"].help_text = _(
            "Son nom sera public : assurez-vous que cette personne est d'accord. Vide : le nom de votre structure."
        )
        self.helper = plain_helper(
            "quotation",
            Row(Column("quotation_author", css_class="col-md-6"), Column("quotation_role", css_class="col-md-6")),
        )


class PictureForm(OnceMixin, forms.ModelForm):
    people = forms.ChoiceField(
        label=_("Personnes visibles"), choices=ShownPeople, widget=forms.RadioSelect,
        help_text=_("Sans leur accord, choisissez une autre photo."),
    )  # fmt: skip

    class Meta:
        model = Picture
        fields = ["image", "alternative", "credit", "people"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = ["form_key", "image", "alternative", "credit", "people"]
        if self.instance.pk:  # another picture is another consent
            del self.fields["image"]
            fields.remove("image")
        self.helper = plain_helper(*fields)


GRADES = [
    (5, _("5 : à refaire les yeux fermés")), (4, _("4 : très utile")), (3, _("3 : utile, à améliorer")),
    (2, _("2 : peu utile")), (1, _("1 : à ne pas refaire")),
]  # fmt: skip


class AppraisalForm(forms.ModelForm):
    grade = forms.TypedChoiceField(label=_("Votre note"), choices=GRADES, coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = Appraisal
        fields = ["grade", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("grade", "comment")


class ConsentForm(forms.Form):
    seen = forms.IntegerField()
    agrees = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")


class DecisionForm(forms.Form):
    seen_state = forms.CharField(max_length=15, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Motif, lu par les deux parties"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
