"""Rows as they stand some time after they were written."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from actors.enums import ActorState
from actors.models import Actor, User
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects.following.models import Partnership
from projects.matching.models import Match, Solicitation
from projects.models import Need
from projects.partnerships.models import Introduction
from tests.factories import following, network, people

_numbers = count(1)


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def approved(*, days: float = 0, **fields) -> Actor:
    return network.actor(state=ActorState.APPROVED, approved_at=days_ago(days), **fields)


def posted(lead: Actor, *, days: float = 0, **fields) -> Need:
    """A need of a project of its own, published so many days ago."""
    at = days_ago(days)
    return network.need(network.project(lead, published_at=at), published_at=at, **fields)


def answered(need: Need, by: Actor, *, after: float = 1) -> Match:
    """`by` offered itself so many days after the need was published."""
    return network.match(need, by, interested_at=need.published_at + timedelta(days=after))


def accepted(need: Need, by: Actor, *, after: float = 2) -> Introduction:
    """Answered and accepted: both now talk."""
    answered(need, by, after=after)
    at = need.published_at + timedelta(days=after)
    return network.introduction(need, by, state="accepted", answered_at=at)


def partnership(*actors: Actor, at: datetime | None = None, **fields) -> Partnership:
    made = following.partnership(*actors, **fields)
    if at is not None:
        Partnership.objects.filter(pk=made.pk).update(created_at=at)
    return made


def mailed(
    *, at: datetime | None = None, to: User | None = None, state: str = MailState.SENT, **fields
) -> OutgoingEmail:
    at = at or timezone.now()
    person = to or people.verified()
    made = OutgoingEmail.objects.create(
        recipient=person, address=person.email, state=state, sent_at=at if state == MailState.SENT else None,
        **{"kind_code": "need_matches", "dedupe_key": f"rows:{next(_numbers)}", "subject": "S", **fields},
    )  # fmt: skip
    OutgoingEmail.objects.filter(pk=made.pk).update(created_at=at)
    return made


def solicited(need: Need, actor: Actor, *, at: datetime | None = None, state: str = MailState.SENT) -> Solicitation:
    """A mail asked `actor`; it has left unless its state says otherwise."""
    mail = mailed(at=at, state=state)
    return Solicitation.objects.create(need=need, actor=actor, person=mail.recipient, channel="proposal", mail=mail)
