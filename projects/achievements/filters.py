"""What achievements can be narrowed by."""

from collections.abc import Iterable

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import ActorKind, OfferKind
from coexist.common.facet_filters import FacetedFilterSet, FacetFilter
from coexist.common.filters import SearchFilter
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

from .forms import FIRST_YEAR
from .models import Achievement

SORTS = [("", _("Pertinence, puis date")), ("newest", _("Les plus récentes")), ("people", _("Personnes touchées"))]


def years() -> Iterable[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]


class AchievementFilter(FacetedFilterSet):
    q = SearchFilter(label=_("Mots du récit, acteur"), placeholder=_("ex. : forage, Annemasse"), method="leave")
    theme = FacetFilter("themes", is_long=True, label=_("Thème"), choices=Theme)
    territory = FacetFilter("reach", is_long=True, label=_("Territoire"), choices=grouped_choices)
    kind = FacetFilter("kinds", label=_("Ce qui a été apporté"), choices=OfferKind)
    actor = FacetFilter("actor_kinds", label=_("Type d'acteur"), choices=ActorKind)
    year = FacetFilter("year", is_array=False, is_long=True, label=_("Année"), choices=years)
    sort = django_filters.ChoiceFilter(label=_("Trier par"), choices=SORTS[1:], empty_label=SORTS[0][1], method="leave")

    class Meta:
        model = Achievement
        fields: list[str] = []
