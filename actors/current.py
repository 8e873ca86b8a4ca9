"""In whose name somebody with several actors is at work: kept in the session, checked at each request."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Actor

KEY = "current_actor"
MOST = 100  # nobody acts for more; who does finds the rest in the administration
CACHED_AS = "_actor_menu"


@dataclass(frozen=True)
class ActorMenu:
    """One's own actors by name, and the one at work: the chosen one, or the first."""

    actors: list[Actor]
    current: Actor | None


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor; read only where a template asks."""
    return {"actor_menu": SimpleLazyObject(lambda: actor_menu(request))}


def current_actor(request: HttpRequest) -> Actor | None:
    return actor_menu(request).current


def actor_menu(request: HttpRequest) -> ActorMenu:
    """One query a request. A choice that no longer holds (removed, merged) is as none."""
    known: ActorMenu | None = getattr(request, CACHED_AS, None)
    if known is None:
        own = Actor.objects.of_member(request.user).only("name", "slug", "state").order_by("name_key", "pk")
        actors = list(own[:MOST]) if request.user.is_authenticated else []
        chosen = request.session.get(KEY) if actors else None
        first = actors[0] if actors else None
        known = ActorMenu(actors, next((actor for actor in actors if actor.pk == chosen), first))
        setattr(request, CACHED_AS, known)
    return known


def choose(request: HttpRequest, actor: Actor) -> None:
    """Work for this one from now on; the caller has checked that the person is a member."""
    request.session[KEY] = actor.pk
    if hasattr(request, CACHED_AS):
        delattr(request, CACHED_AS)
