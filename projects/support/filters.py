"""What experts and requests for help are narrowed by."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from coexist.common.facet_filters import FacetedFilterSet, FacetFilter
from coexist.common.filters import SearchFilter
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme
from projects.following.filters import AnimatorFilter

from . import rules
from .enums import SupportKind
from .models import SupportRequest
from .states import SupportState


class ExpertFilter(FacetedFilterSet):
    kind = FacetFilter("support_kinds", label=_("Accompagnement"), choices=SupportKind)
    theme = FacetFilter("themes", is_long=True, label=_("Thème"), choices=Theme)
    territory = FacetFilter("reach", is_long=True, label=_("Territoire"), choices=grouped_choices)

    class Meta:
        model = Actor
        fields: list[str] = []


class SupportFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Titre ou acteur"), placeholder=_("ex. : interculturel, Annemasse"), method="filter_words")
    state = django_filters.ChoiceFilter(label=_("État"), choices=SupportState, empty_label=_("Tous"))
    kind = django_filters.ChoiceFilter(label=_("Accompagnement"), choices=SupportKind, empty_label=_("Tous"))
    animator = AnimatorFilter(
        label=_("Suivie par"), queryset=lambda request: rules.animators(), empty_label=_("Tout le monde"),
        null_label=_("personne"),
    )  # fmt: skip
    overdue = django_filters.ChoiceFilter(
        label=_("Échéance"), choices=[("1", _("en retard"))], empty_label=_("Toutes"), method="filter_overdue"
    )

    class Meta:
        model = SupportRequest
        fields: list[str] = []

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        named = Q(actor__name__icontains=value) | Q(expert__name__icontains=value)
        return queryset.filter(Q(title__icontains=value) | named)

    def filter_overdue(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_overdue=True)
