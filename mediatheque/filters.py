"""What the médiathèque can be narrowed and sorted by."""

from collections.abc import Iterable

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.enums import Language
from actors.skills.facet import SkillFacetedFilterSet
from coexist.common.facet_filters import FacetFilter
from coexist.common.filters import SearchFilter
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

from .enums import Format, Licence, ResourceKind
from .models import FIRST_YEAR, Resource

SORTS = [("", _("Pertinence, puis date")), ("newest", _("Ajoutées récemment")), ("year", _("Année")),
         ("title", _("Titre"))]  # fmt: skip


def years() -> Iterable[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)]


class ResourceFilter(SkillFacetedFilterSet):
    q = SearchFilter(
        label=_("Titre, sujet, mots d'un document"), placeholder=_("ex. : mécénat de compétences"), method="leave"
    )
    kind = FacetFilter("kind", is_array=False, label=_("Type"), choices=ResourceKind)
    theme = FacetFilter("themes", is_long=True, label=_("Thème"), choices=Theme)
    skill = FacetFilter("skill_keys", is_long=True, label=_("Compétence"))
    territory = FacetFilter("reach", is_long=True, label=_("Territoire"), choices=grouped_choices)
    language = FacetFilter("languages", label=_("Langue"), choices=Language)
    format = FacetFilter("formats", label=_("Format"), choices=Format)
    licence = FacetFilter("licence", is_array=False, is_long=True, label=_("Licence"), choices=Licence)
    year = FacetFilter("year", is_array=False, is_long=True, label=_("Année"), choices=years)
    sort = django_filters.ChoiceFilter(label=_("Trier par"), choices=SORTS[1:], empty_label=SORTS[0][1], method="leave")

    class Meta:
        model = Resource
        fields: list[str] = []
