"""A clear answer to somebody who was removed while at work."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ..models import Actor
from .members import was_member


class NoLongerMember(PermissionDenied):
    """The person acted for this actor and does no more; the error page says so and gives back what was typed."""

    def __init__(self, actor: Actor) -> None:
        super().__init__()
        self.explanation = _(
            "Vous n'êtes plus membre de %(actor)s : rien n'a été enregistré. "
            "Un responsable peut vous inviter de nouveau."
        ) % {"actor": actor}


def refuse(user: Any, actor: Actor) -> PermissionDenied:
    """The refusal to raise for somebody who sees the page and may not write for `actor`."""
    return NoLongerMember(actor) if was_member(user, actor) else PermissionDenied()


def hide(user: Any, *actors: Actor) -> Exception:
    """What to raise for something of these actors that the person does not see."""
    left = next((actor for actor in actors if was_member(user, actor)), None)
    return NoLongerMember(left) if left is not None else Http404()


def visible_actor(request: HttpRequest, slug: str) -> Actor:
    """404 where it is not seen; who was a member a moment ago hears so."""
    actor = Actor.objects.visible_to(request.user).filter(slug=slug).first()
    if actor is None:
        raise hide(request.user, get_object_or_404(Actor, slug=slug))
    return actor
