"""What the directory can be narrowed by."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.filters import SearchFilter, TerritoryFilter, ThemeFilter
from coexist.common.search import ranked, search_query

from .enums import ActorKind, Mode, OfferKind
from .models import Actor, Offer, Skill
from .skills.detection import detect


class ActorFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Compétence, nom, ville"), placeholder=_("ex. : relire nos statuts"), method="filter_text")
    kind = django_filters.ChoiceFilter(label=_("Type d'acteur"), choices=ActorKind, empty_label=_("Tous"))
    theme = ThemeFilter(field_name="themes")
    territory = TerritoryFilter(field_name="territories")
    offer = django_filters.ChoiceFilter(
        label=_("Propose"), choices=OfferKind, empty_label=_("Tout"), method="filter_offer_kind"
    )
    mode = django_filters.ChoiceFilter(label=_("Modalité"), choices=Mode, empty_label=_("Toutes"), method="filter_mode")
    skill = django_filters.ModelChoiceFilter(
        queryset=Skill.objects.all(), to_field_name="code", method="filter_skill", widget=forms.HiddenInput
    )

    class Meta:
        model = Actor
        fields = ["q", "kind"]

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Names and texts, offers in the same words, and offers of the skills that the words name."""
        query = search_query(value)
        if query is None:
            return queryset
        own = Offer.objects.filter(actor=OuterRef("pk"))
        skills = [mention.skill for mention in detect(value)]
        by_offer = Q(Exists(own.filter(search=query)))
        if skills:
            by_offer |= Q(Exists(own.filter(skills__in=skills)))
        return ranked(queryset, query, or_these=by_offer)

    def filter_offer_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(Offer.objects.filter(actor=OuterRef("pk"), kind=value)))

    def filter_mode(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(Offer.objects.filter(actor=OuterRef("pk"), modes__contains=[value])))

    def filter_skill(self, queryset: QuerySet, name: str, value: Skill) -> QuerySet:
        """A domain stands for all its skills."""
        carried = Q(skills=value) | Q(skills__parent=value)
        return queryset.filter(Exists(Offer.objects.filter(carried, actor=OuterRef("pk"))))
