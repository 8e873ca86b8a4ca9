"""What the animators narrow their list by."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.filters import SearchFilter
from coexist.common.territories import grouped_choices
from coexist.common.widgets import LongSelect

from . import rules
from .forms import PersonChoice
from .models import Partnership, Party
from .stages import PartnershipStage


class AnimatorChoice(PersonChoice, django_filters.fields.ModelChoiceField):
    """A person by name, or nobody."""


class AnimatorFilter(django_filters.ModelChoiceFilter):
    field_class = AnimatorChoice


class PartnershipFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Titre ou acteur"), placeholder=_("ex. : eau, Annemasse"), method="filter_words")
    stage = django_filters.ChoiceFilter(label=_("Étape"), choices=PartnershipStage, empty_label=_("Toutes"))
    overdue = django_filters.ChoiceFilter(
        label=_("Échéance"), choices=[("1", _("en retard"))], empty_label=_("Toutes"), method="filter_overdue"
    )
    animator = AnimatorFilter(
        label=_("Suivi par"), queryset=lambda request: rules.animators(), empty_label=_("Tout le monde"),
        null_label=_("personne"),
    )  # fmt: skip
    territory = django_filters.ChoiceFilter(
        label=_("Territoire d'un acteur"), choices=grouped_choices, empty_label=_("Tous"), widget=LongSelect,
        method="filter_territory",
    )  # fmt: skip
    actor = django_filters.CharFilter(method="filter_actor", widget=forms.HiddenInput)

    class Meta:
        model = Partnership
        fields: list[str] = []

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        named = Party.objects.filter(partnership=OuterRef("pk"), actor__name__icontains=value)
        return queryset.filter(Q(title__icontains=value) | Exists(named))

    def filter_overdue(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_overdue=True)

    def filter_territory(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        there = Actor.objects.filter(reach__contains=[value])
        return queryset.filter(Exists(Party.objects.filter(partnership=OuterRef("pk"), actor__in=there)))

    def filter_actor(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(Party.objects.filter(partnership=OuterRef("pk"), actor__slug=value)))
