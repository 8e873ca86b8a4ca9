"""The ledger of solicitations: who was asked for what, through which channel, by which mail; caps are counted here.

A solicitation asks somebody to give: a need proposed, a project's question, a reminder of either, an actor's
request for help to an expert (projects/support). The rules: docs/matching.md, "Telling people".
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from actors.models import Actor, Membership, User
from coexist.common.mail.enums import Digest, MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress
from projects.models import Need

from .enums import Channel
from .models import Match, Solicitation

ACTORS_PER_NEED_AND_DAY = 10
INTERESTED_ARE_ENOUGH = 6
PER_PERSON_AND_WEEK = 5
WEEK = timedelta(days=7)
WAITS = (MailState.QUEUED, MailState.HELD)


def has_enough(need: Need) -> bool:
    return need.matches.exclude(interested_at=None).count() >= INTERESTED_ARE_ENOUGH


def needs_with_enough() -> QuerySet:
    """Keys of the needs for which nobody more is asked; for subqueries."""
    interested = Match.objects.order_by().exclude(interested_at=None)
    sixth = interested.filter(need=OuterRef("pk")).values("pk")[INTERESTED_ARE_ENOUGH - 1 : INTERESTED_ARE_ENOUGH]
    return Need.objects.order_by().filter(Exists(sixth)).values("pk")


def actors_asked_today(need: Need) -> set[int]:
    """Counted on the day that the mail is written; a digest brings it at its hour."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Solicitation.objects.filter(need=need, created_at__gte=today).exclude(mail=None)
    return set(asked.values_list("actor", flat=True))


def room_today(need: Need) -> int:
    return max(0, ACTORS_PER_NEED_AND_DAY - len(actors_asked_today(need)))


def room_of(person: User) -> int:
    """How many solicitations may still be written to `person`, whose row is locked.

    What waits counts, and what left in the last seven days: so no seven days ever bring more than five.
    """
    since = timezone.now() - WEEK
    waits = Q(mail__state__in=WAITS) | Q(mail__state=MailState.MERGED, mail__merged_into__state__in=WAITS)
    asked = Solicitation.objects.filter(waits | left(since), person=person)
    return max(0, PER_PERSON_AND_WEEK - asked.count())


def left(since: datetime, until: datetime | None = None) -> Q:
    """Solicitations whose mail, or the digest that holds it, left after `since`, up to `until`."""
    alone, merged = Q(mail__sent_at__gt=since), Q(mail__merged_into__sent_at__gt=since)
    if until is not None:
        alone &= Q(mail__sent_at__lte=until)
        merged &= Q(mail__merged_into__sent_at__lte=until)
    return alone | merged


def record(
    mail: OutgoingEmail, *, channel: Channel, person: User, actor: Actor, matches: Iterable[Match],
    since: datetime | None = None,
) -> None:  # fmt: skip
    """Note what `mail` asks for; `since` where it takes the place of one written earlier."""
    Solicitation.objects.bulk_create(
        Solicitation(
            need_id=match.need_id, actor=actor, person=person, channel=channel, mail=mail,
            created_at=since or timezone.now(),
        )
        for match in matches
    )  # fmt: skip


def writers(actor: Actor) -> list[User]:
    """Who is written to for an actor: its owners and editors."""
    people = User.objects.filter(memberships__in=actor.memberships.writers(), is_active=True)
    return list(people.order_by("pk"))


def readers(actor: Actor, kind: str) -> list[User]:
    """Those of its writers who take mails of this kind."""
    return [
        membership.user for membership in _reading(kind).filter(actor=actor).select_related("user").order_by("user")
    ]


def reachable(matches: QuerySet, kind: str) -> QuerySet:
    """Matches whose actor has somebody who takes mails of this kind."""
    return matches.filter(Exists(_reading(kind).filter(actor=OuterRef("actor"))))


def lock_people(actors: Iterable[Actor]) -> None:
    """Two jobs at once must not each think that somebody's week has room left; locked in one order.

    `no_key`: rows that name these people (mails) are written meanwhile, by jobs that wait for nothing of ours.
    """
    memberships = Membership.objects.writers().filter(actor__in=list(actors))
    people = User.objects.filter(pk__in=memberships.values("user")).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))


def _reading(kind: str) -> QuerySet:
    address = {"address": OuterRef("lowered")}
    refused = EmailOptOut.objects.filter(kind_code=kind, **address)
    reading = Membership.objects.writers().filter(user__is_active=True).exclude(user__digest=Digest.NEVER)
    return reading.alias(lowered=Lower("user__email")).exclude(
        Exists(refused) | Exists(SuspendedAddress.objects.standing().filter(**address))
    )
