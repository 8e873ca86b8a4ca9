"""What the link "Pas pour nous, parce que…" of a mail stands for today, and whether it can still be used."""

from dataclasses import dataclass
from enum import Enum

from actors.models import Actor, User
from projects.matching.models import Refusal
from projects.matching.refusal_links import read_token
from projects.models import Need

from . import rules
from .models import Introduction
from .services import ASKED_BY_PROJECT


class Standing(Enum):
    """Why nothing is asked any more, with the status that the page answers."""

    OPEN = ("open", 200)
    ANSWERED = ("answered", 200)
    TALKING = ("talking", 200)
    ENDED = ("ended", 410)
    OWN = ("own", 410)
    ACTOR_GONE = ("actor_gone", 410)
    NOT_MEMBER = ("not_member", 403)
    GONE = ("gone", 410)

    def __init__(self, code: str, status: int) -> None:
        self.code, self.status = code, status


@dataclass(frozen=True)
class MailedRefusal:
    """`actor` is who answers today; `was` the one that the mail named, where the two became one."""

    standing: Standing
    person: User | None = None
    actor: Actor | None = None
    need: Need | None = None
    was: Actor | None = None
    refusal: Refusal | None = None


def find(token: str) -> MailedRefusal:
    """Raises ForgedLinkError and ExpiredLinkError."""
    person_key, actor_key, need_key = read_token(token)
    person = User.objects.filter(pk=person_key, is_active=True).first()
    named = Actor.objects.without_index().select_related("merged_into").filter(pk=actor_key).first()
    need = Need.objects.with_card_data().filter(pk=need_key).first()
    if person is None or named is None or need is None:
        return MailedRefusal(Standing.GONE)
    actor = named.merged_into or named
    refusal = Refusal.objects.filter(need=need, actor=actor).first()
    standing = _standing(person, actor, need, refusal)
    return MailedRefusal(standing, person, actor, need, named if named != actor else None, refusal)


def _standing(person: User, actor: Actor, need: Need, refusal: Refusal | None) -> Standing:
    """Who may no longer speak for the actor learns nothing of its answers: that comes first."""
    if not actor.is_approved:
        return Standing.ACTOR_GONE
    if not rules.can_speak_for(person, actor):
        return Standing.NOT_MEMBER
    if refusal is not None:
        return Standing.ANSWERED
    if need.project.lead_id == actor.pk:
        return Standing.OWN
    if not need.is_open:
        return Standing.ENDED
    if Introduction.objects.live().filter(need=need, actor=actor).exclude(**ASKED_BY_PROJECT).exists():
        return Standing.TALKING
    return Standing.OPEN
