"""What projects and needs can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.enums import Mode, OfferKind
from actors.skills.facet import SkillFacetedFilterSet
from coexist.common.facet_filters import FacetFilter
from coexist.common.filters import SearchFilter, TerritoryFilter, ThemeFilter
from coexist.common.search import ranked, search_query
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

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


NEED_SORTS = [("", _("Pertinence, puis date")), ("newest", _("Les plus récents")), ("ending", _("Bientôt terminés"))]


class NeedFilter(SkillFacetedFilterSet):
    q = SearchFilter(label=_("Ce que vous savez faire"), placeholder=_("ex. : comptabilité, forage"), method="leave")
    kind = FacetFilter("kind", is_array=False, label=_("Nature"), choices=OfferKind)
    skill = FacetFilter("skill_keys", is_long=True, label=_("Compétence"))
    theme = FacetFilter("project__themes", is_long=True, label=_("Thème"), choices=Theme)
    territory = FacetFilter("project__reach", is_long=True, label=_("Territoire"), choices=grouped_choices)
    mode = FacetFilter("modes", label=_("Modalité"), choices=Mode)
    sort = django_filters.ChoiceFilter(
        label=_("Trier par"), choices=NEED_SORTS[1:], empty_label=NEED_SORTS[0][1], method="leave"
    )

    class Meta:
        model = Need
        fields: list[str] = []
