"""One public row of each type with the same words, and what a search finds of them."""

from django.contrib.auth.models import AnonymousUser

from coexist.common.finding.findable import findables
from coexist.common.finding.lines import Line, lines_of
from coexist.common.finding.sentence import Sentence
from coexist.common.finding.statement import Group, Range, find
from tests.factories import achievements, events, network, resources

CODES = ["acteurs", "ressources", "besoins", "projets", "realisations", "agenda"]


def one_of_each(title: str, **more) -> None:
    lead = network.actor(name=f"{title} (acteur)", summary="")
    project = network.project(lead, title=f"{title} (projet)", summary="")
    network.need(project, f"{title} (besoin)", detail="", skills=[])
    sides = (network.actor(name="Un", summary=""), network.actor(name="Deux", summary=""))
    achievements.published(*sides, title=f"{title} (réalisation)", summary="", done="")
    events.event(lead, title=f"{title} (événement)", **more)
    resources.resource(lead, title=f"{title} (ressource)", summary="")


def groups(text: str, *, titles_only: bool = False, person=None, most: int = 50) -> list[Group]:
    wanted = Sentence(text)
    return find(findables(), person or AnonymousUser(), wanted, Range(most), titles_only=titles_only)


def lines(text: str, **asked) -> list[Line]:
    wanted = Sentence(text)
    person = asked.pop("person", None) or AnonymousUser()
    return [line for some in lines_of(groups(text, person=person, **asked), person, wanted) for line in some]


def titles(text: str, **asked) -> list[str]:
    """In the page's order: type after type, best first in each."""
    return ["".join(piece for piece, _is_word in line.title) for line in lines(text, **asked)]


def marks(pieces) -> list[str]:
    return [piece for piece, is_word in pieces if is_word]
