"""Proposing: an activity, a support that one asks for or offers. Short forms, for people who come once a year."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms import plain_helper
from actors.models import Actor
from coexist.common.forms import DateInput, OnceMixin
from coexist.common.widgets import LongSelect
from events.enums import Audience
from events.forms import WhenForm
from events.models import Event

from . import rules
from .models import Campaign, Support, Unconfirmed
from .near import narrow_choices, territory_of, zone_of
from .proposals import Proposer

PER_EMAIL_AND_HOUR = 5
COUNTRIES = [("FR", gettext_lazy("France")), ("CH", gettext_lazy("Suisse"))]


class ProposerForm(OnceMixin):
    """Who proposes: one of one's actors, or a structure by its name; a visitor's name and address besides."""

    actor = forms.ModelChoiceField(
        label=gettext_lazy("Au nom de"), queryset=Actor.objects.none(), required=False,
        empty_label=gettext_lazy("une autre structure, nommée ci-dessous"),
    )  # fmt: skip
    structure = forms.CharField(
        label=gettext_lazy("Votre structure"), max_length=150, required=False,
        help_text=gettext_lazy("Bibliothèque, cinéma, MJC, école, commerce…"),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Votre nom"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Votre adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Un lien vous y attend pour confirmer. Seuls les coordinateurs la lisent."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, campaign: Campaign, is_confirmed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.campaign, self.is_confirmed = user, campaign, is_confirmed
        actors = rules.may_propose_for(user)
        field = self.fields["actor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = actors
        if user.is_authenticated:
            del self.fields["name"], self.fields["email"]
        if not user.is_authenticated or not actors.exists():
            del self.fields["actor"]
            self.fields["structure"].required = True
        self.who = [name for name in ("actor", "structure", "name", "email") if name in self.fields]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        since = timezone.now() - timedelta(hours=1)
        sent = Unconfirmed.objects.filter(email=email, created_at__gt=since)
        if not self.is_confirmed and sent.count() >= PER_EMAIL_AND_HOUR:
            raise forms.ValidationError(
                _("Nous avons déjà écrit plusieurs fois à cette adresse. Réessayez dans une heure.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "actor" in self.fields and not cleaned.get("actor") and not cleaned.get("structure"):
            self.add_error("structure", _("Choisissez un acteur, ou nommez la structure."))
        return cleaned

    @property
    def proposer(self) -> Proposer:
        given = self.cleaned_data
        actor = given.get("actor")
        person = self.user if self.user.is_authenticated else None
        structure = "" if actor else given["structure"]
        return Proposer(person, actor, structure, given.get("name", ""), given.get("email", ""))

    @property
    def key(self) -> UUID:
        return self.cleaned_data["form_key"]

    def as_typed(self) -> dict[str, list[str]]:
        """What was sent for the form's own fields, to read it again once the address is confirmed."""
        data: Any = self.data
        return {name: data.getlist(name) for name in self.fields if name in data}


class ActivityForm(ProposerForm, WhenForm, forms.ModelForm):
    country = forms.ChoiceField(label=gettext_lazy("Pays"), choices=COUNTRIES, initial="FR")
    postcode = forms.CharField(label=gettext_lazy("Code postal"), max_length=12)
    city = forms.CharField(label=gettext_lazy("Commune"), max_length=100)
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Pour qui"), choices=Audience, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Event
        fields = [
            "title", "kind", "summary", "description", "is_all_day", "place", "address", "postcode", "city", "country",
            "price", "capacity", "audiences",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}), "description": forms.Textarea(attrs={"rows": 5}),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = self.campaign.first_day
        self.fields["summary"].required = True
        self.helper = plain_helper(
            Fieldset(_("Qui propose"), "form_key", *self.who),
            Fieldset(_("L'activité"), "title", "kind", "summary", "description", "audiences"),
            Fieldset(
                _("Quand"),
                Row(Column("first_day", css_class="col-md-4"), Column("first_time", css_class="col-md-2"),
                    Column("last_day", css_class="col-md-4"), Column("last_time", css_class="col-md-2")),
                "is_all_day",
            ),
            Fieldset(
                _("Où, et pour combien"), "place", "address",
                Row(Column("postcode", css_class="col-md-3"), Column("city", css_class="col-md-5"),
                    Column("country", css_class="col-md-4")),
                Row(Column("price", css_class="col-md-6"), Column("capacity", css_class="col-md-6")),
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        code = territory_of(cleaned.get("postcode", ""), cleaned.get("country", ""), cleaned.get("city", ""))
        if cleaned.get("postcode") and cleaned.get("country") and code is None:
            self.add_error("postcode", _("Ce code postal n'existe pas dans ce pays."))
        zone = ZoneInfo(zone_of(code))
        when = self.read_when(cleaned, zone, all_day=bool(cleaned.get("is_all_day")))
        if when is None:
            return cleaned
        first, last = (moment.astimezone(zone).date() for moment in (when[0], when[1] - timedelta(seconds=1)))
        if last < self.campaign.first_day or first > self.campaign.last_day:
            self.add_error("first_day", _("Ce jour n'est pas dans la campagne."))
        cleaned |= {"starts_at": when[0], "ends_at": when[1], "zone": str(zone)}
        return cleaned

    def _post_clean(self) -> None:
        """The model's own checks need what was read of several fields."""
        for name in ("starts_at", "ends_at", "zone"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()  # type: ignore[misc]


class SupportForm(ProposerForm, forms.ModelForm):
    territory = forms.ChoiceField(label=gettext_lazy("Où"), widget=LongSelect)

    class Meta:
        model = Support
        fields = ["kind", "title", "detail", "quantity", "territory"]
        widgets = {"kind": forms.RadioSelect, "detail": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.direction = direction
        kind, territory = self.fields["kind"], self.fields["territory"]
        assert isinstance(kind, forms.TypedChoiceField)
        assert isinstance(territory, forms.ChoiceField)
        kind.choices = [choice for choice in kind.choices if choice[0]]  # type: ignore[union-attr, misc, index]
        territory.choices = [("", "---------"), *narrow_choices(self.campaign)]
        self.fields["title"].help_text = (
            _("ex. : une salle de 80 places le samedi 20 au soir")
            if self.instance.is_ask
            else _("ex. : douze grilles d'exposition, prêtées une semaine")
        )
        self.helper = plain_helper(
            Fieldset(_("Qui propose") if not self.instance.is_ask else _("Qui demande"), "form_key", *self.who),
            Fieldset(_("Le soutien"), "kind", "title", "detail",
                     Row(Column("quantity", css_class="col-md-6"), Column("territory", css_class="col-md-6"))),
        )  # fmt: skip


class NearForm(forms.Form):
    """Près de chez moi: a postcode, or a territory."""

    cp = forms.CharField(label=gettext_lazy("Votre code postal"), max_length=12, required=False)
    pays = forms.ChoiceField(label=gettext_lazy("Pays"), choices=COUNTRIES, required=False)
    territoire = forms.ChoiceField(label=gettext_lazy("Ou votre territoire"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory, postcode = self.fields["territoire"], self.fields["cp"]
        assert isinstance(territory, forms.ChoiceField)
        territory.choices = [("", _("choisir")), *narrow_choices(campaign)]
        postcode.widget.attrs |= {"inputmode": "numeric", "autocomplete": "postal-code"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("cp", "")
        if typed and territory_of(typed, cleaned.get("pays") or "FR") is None:
            self.add_error("cp", _("Nous ne reconnaissons pas ce code postal dans ce pays."))
        return cleaned

    @property
    def code(self) -> str | None:
        """The territory meant; the postcode goes first."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        if given["cp"]:
            return territory_of(given["cp"], given["pays"] or "FR")
        return given["territoire"] or None


class DecisionForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    to = forms.CharField(max_length=10, widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Ce que lira qui propose"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("seen", "to", "why")


class OwnForm(forms.Form):
    """What the proposer answers, or withdraws."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Ce que vous avez changé ou précisé"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("seen", "text")


class TieForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    ask = forms.ModelChoiceField(label=gettext_lazy("Demande"), queryset=Support.objects.none())
    fills = forms.BooleanField(label=gettext_lazy("La demande est pourvue : ne plus chercher"), required=False)

    def __init__(self, *args: Any, asks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ask"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = asks
        self.helper = plain_helper("seen", "ask", "fills")


class MeetingForm(OnceMixin):
    title = forms.CharField(label=gettext_lazy("Réunion"), max_length=150)
    on = forms.DateField(label=gettext_lazy("Date"), widget=DateInput)
    territory = forms.ChoiceField(label=gettext_lazy("Territoire"))

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = grounds
        if len(grounds) == 1:
            field.initial, field.widget = grounds[0][0], forms.HiddenInput()
        self.helper = plain_helper("form_key", "title", Row(Column("on", css_class="col-6"),
                                                            Column("territory", css_class="col-6")))  # fmt: skip
