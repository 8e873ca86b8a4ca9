"""What projects and needs can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.enums import Mode, OfferKind
from actors.filters import SearchFilter
from actors.skills.detection import detect
from coexist.common.search import ranked, search_query
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

from .enums import Stage
from .models import Need, Project


class ProjectFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Mots du projet"), placeholder=_("ex. : eau potable au Sénégal"), method="filter_text")
    stage = django_filters.ChoiceFilter(label=_("Avancement"), choices=Stage, empty_label=_("Tous"))
    theme = django_filters.TypedChoiceFilter(
        label=_("Thème"), choices=Theme.choices, coerce=int, empty_label=_("Tous"), method="filter_theme"
    )
    territory = django_filters.ChoiceFilter(
        label=_("Territoire"), choices=grouped_choices, empty_label=_("Tous"), method="filter_territory"
    )

    class Meta:
        model = Project
        fields = ["q", "stage"]

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        query = search_query(value)
        if query is None:
            return queryset
        public = Need.objects.visible_to(self.request.user).filter(project=OuterRef("pk"), search=query)
        return ranked(queryset, query, or_these=Q(Exists(public)))

    def filter_theme(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset.filter(themes__contains=[value])

    def filter_territory(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(territories__contains=[value])


class NeedFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Ce que vous savez faire"), placeholder=_("ex. : comptabilité, forage"), method="filter_text")
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=OfferKind, empty_label=_("Toutes"))
    mode = django_filters.ChoiceFilter(label=_("Modalité"), choices=Mode, empty_label=_("Toutes"), method="filter_mode")
    theme = django_filters.TypedChoiceFilter(
        label=_("Thème"), choices=Theme.choices, coerce=int, empty_label=_("Tous"), method="filter_theme"
    )
    territory = django_filters.ChoiceFilter(
        label=_("Territoire"), choices=grouped_choices, empty_label=_("Tous"), method="filter_territory"
    )

    class Meta:
        model = Need
        fields = ["q", "kind"]

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        query = search_query(value)
        if query is None:
            return queryset
        skills = [mention.skill for mention in detect(value)]
        carried = Need.skills.through.objects.filter(need=OuterRef("pk"), skill__in=skills)
        return ranked(queryset, query, or_these=Q(Exists(carried)) if skills else None)

    def filter_mode(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(modes__contains=[value])

    def filter_theme(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        return queryset.filter(project__themes__contains=[value])

    def filter_territory(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(project__territories__contains=[value])
