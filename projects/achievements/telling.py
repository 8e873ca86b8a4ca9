"""Who is written to about an achievement: people in charge of the sides, else their owners and editors; animators."""

from collections.abc import Iterable

from django.utils import timezone

from actors.models import User
from coexist.common.mail.kinds import MailKind
from coexist.common.mail.queue import queue_mail
from projects.following.rules import animators

from .mails import ASKED, DECIDED, WITHDRAWN, YOUR_TURN
from .models import Achievement, Contribution

MOST_OF_A_SIDE = 5


def people_of(contribution: Contribution) -> list[User]:
    """Who is in charge of the side, while still its owner or editor; else all of these, up to five."""
    if not contribution.actor.is_approved:
        return []
    writers = User.objects.filter(memberships__in=contribution.actor.memberships.writers(), is_active=True)
    of_party = contribution.actor.parties.filter(partnership=contribution.achievement.partnership_id)
    in_charge = writers.filter(pk__in=of_party.values("person"))
    return list(in_charge.order_by("pk")[:1] or writers.order_by("pk")[:MOST_OF_A_SIDE])


def ask_sides(contributions: Iterable[Contribution], *, again: bool = False) -> int:
    """One mail to each person, though they speak for two sides. Returns the mails written."""
    written = 0
    for one in contributions:
        row = one.achievement
        for person in people_of(one):
            key = f"{ASKED.code}:{row.pk}:{person.pk}{':again' if again else ''}"
            context = {"achievement": row, "actor": one.actor, "again": again}
            written += _write(ASKED, row, person, key, context)
    return written


def tell_your_turn(row: Achievement, agreeing: Contribution) -> None:
    """A side agrees: the others are asked, once a day at most."""
    for one in row.contributions.exclude(pk=agreeing.pk).select_related("actor", "achievement"):
        if not one.agrees_to(row.version):
            for person in people_of(one):
                key = f"{YOUR_TURN.code}:{row.pk}:{person.pk}:{timezone.localdate().isoformat()}"
                _write(YOUR_TURN, row, person, key, {"achievement": row, "actor": agreeing.actor})


def tell_decision(row: Achievement) -> None:
    last = row.changes.last()
    for person in _of_all_sides(row):
        key = f"{DECIDED.code}:{last.pk if last else row.version}:{person.pk}"
        _write(DECIDED, row, person, key, {"achievement": row})


def tell_withdrawn(row: Achievement, by: Contribution) -> None:
    """The animators, and the people of the other sides."""
    last = row.changes.last()
    others = {one.pk: one for one in _of_all_sides(row, without=by)} | {one.pk: one for one in animators()}
    for person in others.values():
        key = f"{WITHDRAWN.code}:{last.pk if last else row.version}:{person.pk}"
        _write(WITHDRAWN, row, person, key, {"achievement": row, "actor": by.actor})


def _of_all_sides(row: Achievement, *, without: Contribution | None = None) -> list[User]:
    sides = row.contributions.select_related("actor", "achievement")
    if without is not None:
        sides = sides.exclude(pk=without.pk)
    return list({person.pk: person for one in sides for person in people_of(one)}.values())


def _write(kind: MailKind, row: Achievement, person: User, key: str, context: dict) -> bool:
    refers_to = {"achievement": row.pk, "state": row.state}
    return queue_mail(kind, to=person, dedupe_key=key, context=context, refers_to=refers_to) is not None
