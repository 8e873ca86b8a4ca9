"""The animators' queue: who looks after a profile, what is put aside, approving several at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coexist.common.history import recorded

from . import services
from .duplicates import Duplicate, duplicates_of_actors
from .enums import ActorState
from .models import Actor, User
from .registration import check
from .services import StateError

LONGEST_SNOOZE = timedelta(days=365)
AT_ONCE = 100  # profiles approved together


class QueueError(Exception):
    """Why this is not possible (any more), as a sentence for the animator."""


def waiting(rows: models.QuerySet[Actor]) -> models.QuerySet[Actor]:
    """Profiles that wait for a decision today: those put aside come back on their day."""
    return rows.filter(state=ActorState.WAITING).exclude(snoozed_until__gt=timezone.localdate())


def snoozed(rows: models.QuerySet[Actor]) -> models.QuerySet[Actor]:
    return rows.filter(state=ActorState.WAITING, snoozed_until__gt=timezone.localdate())


def changed(rows: models.QuerySet[Actor]) -> models.QuerySet[Actor]:
    """Approved profiles that their people edited since."""
    return rows.filter(state=ActorState.APPROVED, changed_at__isnull=False)


@transaction.atomic
def snooze(*, actor: Actor, until: date | None, acting_user: User) -> Actor:
    """Put a waiting profile aside until a day, or (None) back in the queue."""
    locked = _locked(actor)
    if locked.state != ActorState.WAITING:
        raise QueueError(_("Ce profil n'attend plus de décision : il est « %(state)s ».") % _state(locked))
    locked.snoozed_until = until
    with recorded(by=acting_user):
        locked.save(update_fields=["snoozed_until"])
    return locked


@transaction.atomic
def assign(*, actor: Actor, to: User | None, acting_user: User, seen: int | None) -> Actor:
    """Say who looks after a profile. `seen` is who did on the page one acts from: the first of two is right."""
    locked = _locked(actor)
    new = to.pk if to else None
    if locked.assigned_to_id not in (seen, new):
        who = locked.assigned_to
        raise QueueError(_("%(who)s suit ce profil depuis.") % {"who": who} if who else _("Plus personne ne le suit."))
    if locked.assigned_to_id != new:
        locked.assigned_to = to
        with recorded(by=acting_user):
            locked.save(update_fields=["assigned_to"])
    return locked


@dataclass(frozen=True)
class Review:
    """What an animator should look at before approving."""

    actor: Actor
    duplicates: list[Duplicate] = field(default_factory=list)
    number_problem: str = ""

    @property
    def is_clear(self) -> bool:
        return not self.duplicates and not self.number_problem


def reviews(actors: Iterable[Actor]) -> list[Review]:
    """Likely duplicates and wrong numbers of `actors`; three queries however many they are."""
    found = list(actors)
    duplicates = duplicates_of_actors(found) if found else {}
    return [Review(actor, duplicates[actor.pk], number_problem(actor)) for actor in found]


def number_problem(actor: Actor) -> str:
    return str(check(actor.registration_kind, actor.registration_number) or "")


def approve_together(*, actors: Iterable[Actor], acting_user: User) -> tuple[list[Actor], list[Actor]]:
    """Approve each that still waits, each in a transaction of its own; return those approved and those left out."""
    approved: list[Actor] = []
    left_out: list[Actor] = []
    for actor in actors:
        try:
            decision = services.decide(
                actor=actor, state=ActorState.APPROVED, reason="", acting_user=acting_user, seen=ActorState.WAITING
            )
        except StateError:
            decision = None
        (approved if decision else left_out).append(actor)
    return approved, left_out


def _locked(actor: Actor) -> Actor:
    return Actor.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=actor.pk)


def _state(actor: Actor) -> dict:
    return {"state": actor.get_state_display()}
