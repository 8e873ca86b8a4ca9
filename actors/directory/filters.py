"""What the directory can be narrowed and sorted by."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from coexist.common.facet_filters import FacetFilter
from coexist.common.filters import SearchFilter
from coexist.common.territories import grouped_choices
from coexist.common.themes import Theme

from ..enums import ActorKind, Mode, OfferKind
from ..models import Actor
from ..skills.facet import SkillFacetedFilterSet

SORTS = [("", _("Pertinence, puis nom")), ("name", _("Nom")), ("confirmed", _("Confirmés récemment"))]


class ActorFilter(SkillFacetedFilterSet):
    q = SearchFilter(label=_("Compétence, nom, ville"), placeholder=_("ex. : relire nos statuts"), method="leave")
    kind = FacetFilter("kind", is_array=False, label=_("Type d'acteur"), choices=ActorKind)
    skill = FacetFilter("offer_skills", is_long=True, label=_("Compétence"))
    theme = FacetFilter("themes", is_long=True, label=_("Thème"), choices=Theme)
    territory = FacetFilter("reach", is_long=True, label=_("Territoire"), choices=grouped_choices)
    mode = FacetFilter("offer_modes", label=_("Modalité"), choices=Mode)
    offer = FacetFilter("offer_kinds", label=_("Propose"), choices=OfferKind)
    sort = django_filters.ChoiceFilter(label=_("Trier par"), choices=SORTS[1:], empty_label=SORTS[0][1], method="leave")
    vue = django_filters.ChoiceFilter(choices=[("carte", _("Carte"))], method="leave", widget=forms.HiddenInput)

    class Meta:
        model = Actor
        fields: list[str] = []
