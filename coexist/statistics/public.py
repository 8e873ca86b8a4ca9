"""What everybody may read of the network's figures: counted every few minutes, in a few queries, whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import caches
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.enums import ActorKind
from actors.models import Actor
from coexist.common import facets
from coexist.common.facets import Facet
from coexist.common.territories import name_of
from coexist.common.themes import Theme
from projects.achievements.models import Achievement
from projects.following.stages import PartnershipStage
from projects.models import Project

from . import counting, small
from .counting import Duration
from .figures import Drawn, Figure, row
from .periods import last_months

KEPT_FOR = 300  # seconds, in each process
KEY = "statistics:public"
MONTHS = 24
MOST_TERRITORIES = 15
DELAYS = {
    "first_answer": gettext_lazy("De la publication d'un besoin à la première réponse"),
    "first_partnership": gettext_lazy("De la publication d'un besoin au partenariat"),
}
KIND, THEME, PLACE = Facet("kind", "kind", is_array=False), Facet("theme", "themes"), Facet("territory", "reach")


@dataclass(frozen=True)
class Counted:
    """Plain counts, in no language."""

    at: datetime
    actors: int
    projects: int
    kinds: Mapping[str, int]
    themes: tuple[Mapping[str, int], Mapping[str, int]]  # of actors, of projects
    places: tuple[Mapping[str, int], Mapping[str, int]]
    needs: Mapping[str, int]
    delays: Mapping[str, Duration]
    stages: Mapping[str, int]
    months: Mapping[date, tuple[int, int, int]]  # new actors, needs, partnerships
    achievements: int

    @property
    def partnerships(self) -> int:
        return sum(self.stages.values())


def counted() -> Counted:
    """The counts of at most five minutes ago."""
    kept = caches["memory"].get(KEY)
    if kept is None:
        kept = count()
        caches["memory"].set(KEY, kept, KEPT_FOR)
    return kept


def count() -> Counted:
    actors = facets.count(Actor.objects.approved(), [KIND, THEME, PLACE], {})
    projects = facets.count(Project.objects.public(), [THEME, PLACE], {})
    return Counted(
        at=timezone.now(),
        actors=actors.total,
        projects=projects.total,
        kinds=actors.of("kind"),
        themes=(actors.of("theme"), projects.of("theme")),
        places=(actors.of("territory"), projects.of("territory")),
        needs=counting.steps(counting.posted(), "posted", "answered", "filled"),
        delays=counting.delays(counting.posted()),
        stages=counting.by_stage(counting.partnerships()),
        months=_months(),
        achievements=Achievement.objects.public().count(),
    )


def figures(of: Counted) -> list[Figure]:
    """Every figure of the page, in its order."""
    return [
        trend(of.months), actors_by_kind(of.kinds), needs(of.needs), delays(of.delays), partnerships(of.stages),
        themes(*of.themes), territories(*of.places),
    ]  # fmt: skip


def trend(months: Mapping[date, tuple[int, int, int]]) -> Figure:
    return Figure(
        "evolution",
        _("Mois par mois"),
        (_("Mois"),),
        (_("Nouveaux acteurs"), _("Besoins publiés"), _("Partenariats commencés")),
        [row(date_format(month, "N Y"), *numbers) for month, numbers in months.items()],
        Drawn.MONTHS,
    )


def actors_by_kind(kinds: Mapping[str, int]) -> Figure:
    ordered = sorted(ActorKind, key=lambda kind: -kinds.get(kind.value, 0))
    rows = [row(str(kind.label), kinds.get(kind.value, 0)) for kind in ordered]
    return Figure("acteurs", _("Les acteurs"), (_("Type d'acteur"),), (_("Acteurs"),), rows)


def needs(numbers: Mapping[str, int]) -> Figure:
    answered = small.enough(numbers["answered"], numbers["answered"])
    rows = [
        row(_("Publiés"), numbers["posted"]),
        row(_("Qui ont reçu une réponse"), answered),
        row(_("Pourvus"), numbers["filled"]),
    ]
    return Figure("besoins", _("Les besoins"), (_("Besoins"),), (_("Nombre"),), rows)


def delays(found: Mapping[str, Duration]) -> Figure:
    rows = [row(str(label), small.enough(found[name].days, found[name].cases)) for name, label in DELAYS.items()]
    return Figure("delais", _("Les délais"), (_("Délai"),), (_("Jours (médiane)"),), rows, Drawn.NOT)


def partnerships(stages: Mapping[str, int]) -> Figure:
    def name(joined: tuple[str, ...]) -> str:
        if len(joined) == len(stages):
            return _("Toutes les étapes réunies")
        return " · ".join(str(PartnershipStage(stage).label).capitalize() for stage in joined)

    rows = [row(name(joined), number) for joined, number in small.together(stages)]
    note = "" if rows else _("Moins de cinq partenariats : leur avancement n'est pas montré.")
    return Figure("partenariats", _("Les partenariats"), (_("Étape"),), (_("Partenariats"),), rows, note=note)


def themes(actors: Mapping[str, int], projects: Mapping[str, int]) -> Figure:
    rows = [
        row(f"{theme.value}. {theme.label}", actors.get(str(theme.value), 0), projects.get(str(theme.value), 0))
        for theme in Theme
    ]
    title = _("Les objectifs de développement durable")
    return Figure("objectifs", title, (_("Objectif"),), (_("Acteurs"), _("Projets")), rows)


def territories(actors: Mapping[str, int], projects: Mapping[str, int]) -> Figure:
    named = sorted({*actors, *projects}, key=lambda code: (-actors.get(code, 0) - projects.get(code, 0), code))
    rows = [row(str(name_of(code)), actors.get(code, 0), projects.get(code, 0)) for code in named[:MOST_TERRITORIES]]
    note = _("Les quinze plus cités ; un territoire compte ceux qu'il contient.")
    return Figure(
        "territoires", _("Les territoires"), (_("Territoire"),), (_("Acteurs"), _("Projets")), rows, note=note
    )


def _months() -> dict[date, tuple[int, int, int]]:
    period = last_months(MONTHS)
    actors = counting.by_month(Actor.objects.approved(), "approved_at", period)
    posted = counting.by_month(counting.posted(), "published_at", period)
    begun = counting.by_month(counting.partnerships(), "created_at", period)
    return {month: (actors[month], posted[month], begun[month]) for month in period.months}
