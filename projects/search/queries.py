"""A search as its address has it: read, made canonical, said in words, translated for the other side."""

from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse

from actors.directory.filters import ActorFilter
from actors.models import Actor
from actors.skills.detection import Taxonomy
from actors.skills.facet import SkillFacetedFilterSet
from projects.filters import NeedFilter
from projects.models import Need

from .enums import Place

LONGEST = 2_000  # characters of a search that can be kept
PAGES = {Place.EVERYTHING: "search", Place.ACTORS: "actor-list", Place.NEEDS: "need-list"}
# Facets of a search for both sides, in the needs' words, and how the directory names them.
SHARED = {"q": "q", "kind": "offer", "skill": "skill", "theme": "theme", "territory": "territory", "mode": "mode"}


def for_actors(parameters: QueryDict) -> QueryDict:
    """A search for both sides, as the directory reads it: there `kind` is what an actor is."""
    return _picked(parameters, SHARED.items())


def for_needs(parameters: QueryDict) -> QueryDict:
    return _picked(parameters, ((name, name) for name in SHARED))


def filter_for(place: str, parameters: QueryDict, known: Taxonomy | None = None) -> SkillFacetedFilterSet:
    """What reads and says the facets of a search made there."""
    if place == Place.ACTORS:
        return ActorFilter(parameters, queryset=Actor.objects.none(), known=known)
    return NeedFilter(parameters, queryset=Need.objects.none(), known=known)


def canonical(place: str, parameters: QueryDict) -> str | None:
    """What is searched for, without page, order and view; None where it cannot be read, or is too long."""
    asked = filter_for(place, parameters)
    if not asked.is_valid():
        return None
    kept = QueryDict(mutable=True)
    if words := " ".join((asked.form.cleaned_data.get("q") or "").split()):
        kept["q"] = words
    for name in asked.facet_filters:
        kept.setlist(name, sorted(set(asked.form.cleaned_data.get(name) or ())))
    text = kept.urlencode()
    return text if len(text) <= LONGEST else None


def address_of(place: str, query: str) -> str:
    return reverse(PAGES[Place(place)]) + (f"?{query}" if query else "")


def in_words(place: str, query: str, known: Taxonomy | None = None) -> list[str]:
    """What was typed, then what was chosen."""
    parameters = QueryDict(query)
    chosen = [option.label for option in filter_for(place, parameters, known).chosen_options(parameters)]
    return [f"« {parameters['q']} »", *chosen] if parameters.get("q") else chosen


def _picked(parameters: QueryDict, names: Iterable[tuple[str, str]]) -> QueryDict:
    picked = QueryDict(mutable=True)
    for name, target in names:
        if name in parameters:
            picked.setlist(target, parameters.getlist(name))
    return picked
