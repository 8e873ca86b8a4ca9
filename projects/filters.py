"""What projects and needs can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.enums import Mode, OfferKind
from actors.skills.detection import detect
from coexist.common.filters import ArrayChoiceFilter, SearchFilter, TerritoryFilter, ThemeFilter
from coexist.common.search import ranked, search_query

from .enums import Stage
from .models import Need, Project


class ProjectFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Mots du projet"), placeholder=_("ex. : eau potable au Sénégal"), method="filter_text")
    stage = django_filters.ChoiceFilter(label=_("Avancement"), choices=Stage, empty_label=_("Tous"))
    theme = ThemeFilter(field_name="themes")
    territory = TerritoryFilter(field_name="territories")

    class Meta:
        model = Project
        fields = ["q", "stage"]

    def filter_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        query = search_query(value)
        if query is None:
            return queryset
        public = Need.objects.visible_to(self.request.user).filter(project=OuterRef("pk"), search=query)
        return ranked(queryset, query, or_these=Q(Exists(public)))


class NeedFilter(django_filters.FilterSet):
    q = SearchFilter(
        label=_("Ce que vous savez faire"), placeholder=_("ex. : comptabilité, forage"), method="filter_text"
    )
    kind = django_filters.ChoiceFilter(label=_("Nature"), choices=OfferKind, empty_label=_("Toutes"))
    mode = ArrayChoiceFilter(field_name="modes", label=_("Modalité"), choices=Mode, empty_label=_("Toutes"))
    theme = ThemeFilter(field_name="project__themes")
    territory = TerritoryFilter(field_name="project__territories")

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
