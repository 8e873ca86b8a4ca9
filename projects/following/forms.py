"""Forms of partnerships: short ones, several of them on the same page."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from actors.models import Actor, User
from coexist.common.forms import DateInput, OnceMixin
from coexist.common.uploads.documents import DocumentField

from . import rules
from .models import Milestone, Partnership
from .stages import NEXT, PartnershipStage


class ActorField(forms.CharField):
    """An approved actor by its exact name or the address of its page: a list would hold thousands."""

    def clean(self, value: Any) -> Actor | None:
        text = super().clean(value).strip()
        if not text:
            return None
        slug = text.rstrip("/").rpartition("/")[2]
        approved = Actor.objects.approved().without_index()
        found = list(approved.filter(slug=slug)[:1]) or list(approved.filter(name__iexact=text)[:2])
        if not found:
            raise ValidationError(_("Aucun acteur validé ne porte ce nom : collez plutôt l'adresse de sa page."))
        if len(found) > 1:
            raise ValidationError(_("Plusieurs acteurs portent ce nom : collez plutôt l'adresse de la page du bon."))
        return found[0]


class PersonChoice(forms.ModelChoiceField):
    """A person by name; addresses stay private."""

    def label_from_instance(self, person: Any) -> str:
        return person.name or str(_("membre %(number)s") % {"number": person.pk})


class OpenForm(OnceMixin):
    title = forms.CharField(label=_("Titre"), max_length=150)
    first = ActorField(label=_("Premier acteur"), help_text=_("Son nom exact, ou l'adresse de sa page."))
    second = ActorField(label=_("Deuxième acteur"))
    third = ActorField(label=_("Troisième acteur (facultatif)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("form_key", "title", "first", "second", "third")

    @property
    def actors(self) -> list[Actor]:
        chosen = [self.cleaned_data[name] for name in ("first", "second", "third")]
        return [actor for actor in chosen if actor is not None]


class PartyForm(forms.Form):
    actor = ActorField(label=_("Ajouter un acteur"), help_text=_("Son nom exact, ou l'adresse de sa page."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("actor")


class StageForm(forms.Form):
    seen = forms.ChoiceField(choices=PartnershipStage, widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Étape suivante"))
    why = forms.CharField(
        label=_("Précisions"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Obligatoire si vous l'abandonnez : dites pourquoi, cela sert aux suivants."),
    )  # fmt: skip

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(PartnershipStage.choices)
        to, seen = self.fields["to"], self.fields["seen"]
        assert isinstance(to, forms.ChoiceField)
        # All of them are read: the service says which may follow, also to who sends an old page.
        shown = [stage, *NEXT[PartnershipStage(stage)]] if not self.is_bound else PartnershipStage.values
        to.choices = [(code, labels[code]) for code in shown if code != stage or self.is_bound]
        seen.initial = stage
        self.helper = plain_helper("seen", "to", "why")


class PlanForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Titre"), max_length=150)
    next_step = forms.CharField(
        label=_("Prochaine étape"), max_length=250, required=False, help_text=_("Vide : rien de prévu.")
    )
    next_due = forms.DateField(label=_("Pour le"), required=False, widget=DateInput())
    next_person = PersonChoice(
        label=_("Qui s'en charge"), queryset=User.objects.none(), required=False,
        help_text=_("Cette personne reçoit un rappel par e-mail, une fois, le jour venu."),
    )  # fmt: skip
    animator = PersonChoice(label=_("Suivi par (animation)"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        names = ("title", "next_step", "next_due", "next_person", "animator")
        initial = {name: getattr(partnership, name) for name in names}
        kwargs["initial"] = {**initial, "seen": partnership.changed_at.isoformat()}
        super().__init__(*args, **kwargs)
        self._choose_from("next_person", rules.people_of(partnership))
        animates = rules.can_animate(user)
        if animates:
            self._choose_from("animator", rules.animators())
        else:
            del self.fields["animator"]
        sides = partnership.parties.all() if animates else rules.own_parties(user, partnership)
        self.sides = [self._add_side(party) for party in sides.select_related("actor", "person")]
        self.helper = plain_helper(
            "seen", "title", "next_step",
            Row(Column("next_due", css_class="col-md-4"), Column("next_person", css_class="col-md-8")),
            Fieldset(str(_("Qui suit ce partenariat")), *[f"person_{key}" for key in self.sides],
                     *(["animator"] if animates else [])),
        )  # fmt: skip

    def _choose_from(self, name: str, people: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

    def _add_side(self, party: Any) -> int:
        members = User.objects.filter(memberships__in=party.actor.memberships.writers(), is_active=True)
        self.fields[f"person_{party.pk}"] = PersonChoice(
            label=_("Pour %(actor)s") % {"actor": party.actor}, queryset=members.order_by("name", "pk"),
            required=False, initial=party.person,
        )  # fmt: skip
        return party.pk

    def clean_seen(self) -> datetime:
        try:
            seen = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            seen = None
        if seen is None or timezone.is_naive(seen):
            raise ValidationError(_("Rechargez la page, puis recommencez."))
        return seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("next_due") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Dites ce qui est prévu à cette date."))
        return cleaned

    @property
    def people(self) -> dict[int, User | None]:
        return {key: self.cleaned_data[f"person_{key}"] for key in self.sides}


class NoteForm(OnceMixin):
    on = forms.DateField(label=_("Date"), widget=DateInput())
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.helper = plain_helper("form_key", "on", "text")


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Titre du document"), max_length=150)
    file = DocumentField(label=_("Fichier"), help_text=_("PDF, Word, Excel, LibreOffice ou image, 20 Mo au plus."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("title", "file")


class MilestoneForm(OnceMixin, forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["title", "due_on", "done_on", "comment"]
        widgets = {"due_on": DateInput(), "done_on": DateInput(), "comment": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(
            "form_key", "title",
            Row(Column("due_on", css_class="col-md-6"), Column("done_on", css_class="col-md-6")), "comment",
        )  # fmt: skip

    def clean_done_on(self) -> Any:
        done = self.cleaned_data["done_on"]
        if done and done > timezone.localdate():
            raise ValidationError(_("Cette date est dans l'avenir."))
        return done
