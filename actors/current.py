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
    """One's own actors by name, and the one at work: the chosen one, or the first that one joined."""

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
        own = _in_order_of_joining(request.user)
        chosen = request.session.get(KEY) if own else None
        current = next((actor for actor in own if actor.pk == chosen), own[0] if own else None)
        known = ActorMenu(sorted(own, key=lambda actor: actor.name_key), current)
        setattr(request, CACHED_AS, known)
    return known


def choose(request: HttpRequest, actor: Actor) -> None:
    """Work for this one from now on; the caller has checked that the person is a member."""
    request.session[KEY] = actor.pk
    if hasattr(request, CACHED_AS):
        delattr(request, CACHED_AS)


def _in_order_of_joining(user: Any) -> list[Actor]:
    if not user.is_authenticated:
        return []
    own = Actor.objects.filter(memberships__user=user).order_by("memberships__pk")
    return list(own.only("name", "slug", "state", "name_key")[:MOST])
