"""What is new in a kept search, and was not told yet."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import QueryDict

from actors.models import Actor, Offer
from actors.skills.detection import taxonomy
from coexist.common.keys import among
from coexist.common.results import Results
from projects.models import Need

from .enums import Place
from .models import SavedSearch
from .queries import for_actors, for_needs
from .sides import directory, needs

MOST_FRESH = 2_000  # rows that changed since, the latest first: enough for any week but that of a great import


@dataclass(frozen=True)
class News:
    """Keys of new rows, best first."""

    actors: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.actors or self.needs)


def news_of(search: SavedSearch) -> News:
    """As the page would show it to the person, of what was approved, offered or published since.

    Nobody is told of what is their own. A search that cannot be read any more has no news: without its
    facets it would find everything.
    """
    parameters = QueryDict(search.query)
    actors, found_needs = [], []
    if search.place != Place.NEEDS:
        mine = parameters if search.place == Place.ACTORS else for_actors(parameters)
        actors = _matching(_fresh_actors(search), lambda rows: directory(rows, mine, taxonomy()))
    if search.place != Place.ACTORS:
        found_needs = _matching(_fresh_needs(search), lambda rows: needs(rows, for_needs(parameters), taxonomy()))
    return News(actors, found_needs)


def _matching(rows: QuerySet | None, asked) -> list[int]:
    if rows is None:
        return []
    result: Results = asked(rows)
    return result.keys() if result.filter.is_valid() else []


def _fresh_actors(search: SavedSearch) -> QuerySet[Actor] | None:
    since = search.news_from
    approved = Actor.objects.approved().filter(approved_at__gt=since).order_by("-approved_at")
    offered = Offer.objects.filter(updated_at__gt=since).order_by("-updated_at")
    keys = {*approved.values_list("pk", flat=True)[:MOST_FRESH]}
    keys |= {*offered.values_list("actor", flat=True)[:MOST_FRESH]}
    keys -= {*search.told.filter(actor__in=among(keys)).values_list("actor", flat=True)} if keys else set()
    if not keys:
        return None
    own = Actor.objects.of_member(search.person).values("pk")
    return Actor.objects.visible_to(search.person).approved().exclude(pk__in=own).filter(pk__in=among(keys))


def _fresh_needs(search: SavedSearch) -> QuerySet[Need] | None:
    published = Need.objects.open().filter(published_at__gt=search.news_from).order_by("-published_at")
    keys = {*published.values_list("pk", flat=True)[:MOST_FRESH]}
    keys -= {*search.told.filter(need__in=among(keys)).values_list("need", flat=True)} if keys else set()
    if not keys:
        return None
    own = Actor.objects.of_member(search.person).values("pk")
    return Need.objects.visible_to(search.person).open().exclude(project__lead__in=own).filter(pk__in=among(keys))
