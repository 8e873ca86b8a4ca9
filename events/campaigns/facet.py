"""The agenda, narrowed to a campaign: /agenda/?campagne=2027."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coexist.common.facet_filters import FacetFilter
from events.filters import add_facet

from .models import FIRST_YEAR, LAST_YEAR

NAME = "campagne"
YEARS = {str(year): year for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)}


def _choices() -> list[tuple[str, str]]:
    """Any year: those without an activity are not shown."""
    return [(year, _("Semaine de la solidarité internationale %(year)s") % {"year": year}) for year in YEARS]


add_facet(
    NAME,
    FacetFilter(
        "event__activity__agenda_year", is_array=False, label=gettext_lazy("Campagne"), choices=_choices, keys=YEARS
    ),
)
