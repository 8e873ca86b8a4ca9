"""Forms of accompaniment: short ones, several of them on the same page."""

from datetime import date, datetime
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from actors.forms import plain_helper
from actors.models import Actor, User
from coexist.common.forms import DateInput, OnceMixin
from projects.enums import ProjectState
from projects.following.forms import PersonChoice
from projects.following.models import Partnership
from projects.models import Project

from . import rules
from .enums import WHAT_IT_IS, Meeting, SupportKind
from .models import SupportRequest
from .querysets import experts


class AskForm(OnceMixin):
    """To the animators, or to `expert`, whose kinds are then the only ones."""

    actor = forms.ModelChoiceField(label=_("Au nom de"), queryset=Actor.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Quel accompagnement ?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Votre demande en une ligne"), max_length=150,
        help_text=_("ex. : préparer douze jeunes à un chantier au Sénégal"),
    )  # fmt: skip
    expected = forms.CharField(
        label=_("Ce que vous attendez"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Où vous en êtes, ce qui vous arrête, ce que vous aimeriez avoir à la fin."),
    )  # fmt: skip
    by_date = forms.DateField(label=_("Pour quand (facultatif)"), required=False, widget=DateInput())
    meeting = forms.ChoiceField(label=_("Se rencontrer de préférence"), choices=Meeting, initial=Meeting.ANY)
    project = forms.ModelChoiceField(
        label=_("Projet concerné (facultatif)"), queryset=Project.objects.none(), required=False,
        empty_label=_("aucun"), help_text=_("Qui vous aide en lira le titre."),
    )  # fmt: skip
    partnership = forms.ModelChoiceField(
        label=_("Partenariat concerné (facultatif)"), queryset=Partnership.objects.none(), required=False,
        empty_label=_("aucun"), help_text=_("Qui vous aide en lira le titre."),
    )  # fmt: skip

    def __init__(self, *args: Any, actors: Any, expert: Actor | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = expert.support_kinds if expert is not None else SupportKind.values  # type: ignore[attr-defined]
        kind, actor = self.fields["kind"], self.fields["actor"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(code, f"{label} : {WHAT_IT_IS[SupportKind(code)]}")
                        for code, label in SupportKind.choices if code in offered]  # fmt: skip
        self._choose_from("actor", actors)
        if len(actors) == 1:
            self.initial["actor"], actor.widget = actors[0], forms.HiddenInput()
        kept = Project.objects.exclude(state=ProjectState.ARCHIVED).only("title", "lead").order_by("title")
        self._choose_from("project", kept.filter(lead__in=[one.pk for one in actors]))
        together = Partnership.objects.filter(parties__actor__in=[one.pk for one in actors]).distinct()
        self._choose_from("partnership", together.only("title").order_by("title"))
        self.helper = plain_helper(
            "form_key", "actor", "kind", "title", "expected",
            Row(Column("by_date", css_class="col-md-4"), Column("meeting", css_class="col-md-8")),
            Row(Column("project", css_class="col-md-6"), Column("partnership", css_class="col-md-6")),
        )  # fmt: skip

    def _choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean_by_date(self) -> date | None:
        by = self.cleaned_data["by_date"]
        if by and by < timezone.localdate():
            raise ValidationError(_("Cette date est passée."))
        return by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        actor, project, partnership = (cleaned.get(name) for name in ("actor", "project", "partnership"))
        if actor and project and project.lead_id != actor.pk:
            self.add_error("project", _("Ce projet n'est pas porté par cet acteur."))
        if actor and partnership and not partnership.parties.filter(actor=actor).exists():
            self.add_error("partnership", _("Cet acteur ne fait pas partie de ce partenariat."))
        return cleaned


class MoveForm(forms.Form):
    """What the buttons of the page send; the service says what may follow."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    to = forms.CharField(max_length=20, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Parce que…"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En une phrase ; l'autre côté la lira."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("seen", "to", "why")


class ExpertForm(MoveForm):
    """Asking an expert: one that offers this kind of help, and is not who asks."""

    expert = forms.ModelChoiceField(label=_("Expert"), queryset=Actor.objects.none(), empty_label=_("Choisissez"))

    def __init__(self, *args: Any, support: SupportRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering = experts(support.kind).exclude(pk=support.actor_id).only("name").order_by("name", "pk")
        expert = self.fields["expert"]
        assert isinstance(expert, forms.ModelChoiceField)
        expert.queryset = offering
        self.helper = plain_helper("seen", "to", "expert")


class FinishForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    done = forms.CharField(label=_("Ce qui a été fait"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    reference = forms.CharField(
        label=_("Référence, en une phrase (facultatif)"), max_length=280, required=False,
        help_text=_("Ce que tout le monde pourrait lire. ex. : deux jours d'atelier avec douze jeunes et six agents"),
    )  # fmt: skip
    shows = forms.BooleanField(
        label=_("Nous voulons montrer cette référence sur notre page, si l'autre côté l'accepte"), required=False
    )

    def __init__(self, *args: Any, for_expert: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_expert:
            del self.fields["shows"]
        self.helper = plain_helper(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("shows") and not cleaned.get("reference"):
            self.add_error("reference", _("Écrivez la phrase à montrer."))
        return cleaned


class ConfirmForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Votre commentaire (facultatif)"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Lu par qui vous a aidé et par l'équipe d'animation."),
    )  # fmt: skip
    shows = forms.BooleanField(label=_("Nous acceptons d'être cités dans cette référence publique"), required=False)

    def __init__(self, *args: Any, has_reference: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_reference:
            del self.fields["shows"]
        self.helper = plain_helper(*self.fields)


class PlanForm(forms.Form):
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    next_step = forms.CharField(
        label=_("Prochaine étape"), max_length=250, required=False, help_text=_("Vide : rien de prévu.")
    )
    next_due = forms.DateField(label=_("Pour le"), required=False, widget=DateInput())
    next_person = PersonChoice(
        label=_("Qui s'en charge"), queryset=User.objects.none(), required=False,
        help_text=_("Cette personne reçoit un rappel par e-mail, une fois, le lendemain de la date."),
    )  # fmt: skip
    animator = PersonChoice(label=_("Suivie par (animation)"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, support: SupportRequest, user: User, **kwargs: Any) -> None:
        names = ("next_step", "next_due", "next_person", "animator")
        initial = {name: getattr(support, name) for name in names}
        kwargs["initial"] = {**initial, "seen": support.changed_at.isoformat()}
        super().__init__(*args, **kwargs)
        self._choose_from("next_person", rules.people_of(support))
        if rules.can_animate(user):
            self._choose_from("animator", rules.animators())
        else:
            del self.fields["animator"]
        self.helper = plain_helper(
            "seen", "next_step", Row(Column("next_due", css_class="col-md-4"),
                                     Column("next_person", css_class="col-md-8")),
            *(["animator"] if "animator" in self.fields else []),
        )  # fmt: skip

    def _choose_from(self, name: str, people: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

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


class OffersForm(forms.Form):
    """A sentence for each kind that the actor offers; empty for the others."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        offers = {offer.kind: offer for offer in actor.expert_offers.all()}
        kwargs["initial"] = {kind: offer.sentence for kind, offer in offers.items()}
        super().__init__(*args, **kwargs)
        for kind, label in SupportKind.choices:
            self.fields[kind] = forms.CharField(
                label=label, max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=WHAT_IT_IS[SupportKind(kind)],
            )  # fmt: skip
        self.offers = list(offers.values())
        self.helper = plain_helper(*self.fields)

    @property
    def sentences(self) -> dict[str, str]:
        return {kind: " ".join(self.cleaned_data[kind].split()) for kind in SupportKind.values}
