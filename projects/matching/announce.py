"""Telling the project's people and the actors' people; the only place that decides who is solicited.

Caps (docs/matching.md): ten actors per need and day, none after six are interested, five needs per
person and week, never the same match twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actors.models import Actor, Membership, User
from coexist.common.mail.enums import Digest, MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from coexist.common.mail.withdraw import not_left, withdraw
from projects.models import Need

from .enums import Band
from .mails import NEED_MATCHES, NEEDS_FOR_ACTOR
from .models import Match

ACTORS_PER_NEED_AND_DAY = 10
INTERESTED_ARE_ENOUGH = 6
NEEDS_PER_PERSON_AND_WEEK = 5
NAMES_IN_A_MAIL = 3
ENDED = "besoin termine"
WORTH_A_MAIL = (Band.STRONG, Band.GOOD)


def announce_new(need: Need) -> None:
    """Tell the project's people of new matches and solicit the best actors; call in a transaction."""
    tell_project(need)
    solicit(to_solicit(need))


def announce_actor(actor: Actor, needs: Iterable[Need]) -> None:
    """One actor is new or changed: one mail for all the needs that suit it, not one for each."""
    chosen: list[Match] = []
    for need in needs:
        tell_project(need)
        chosen += [match for match in to_solicit(need) if match.actor_id == actor.pk]
    solicit(chosen)


def tell_project(need: Need) -> None:
    """Mail the best new names to the project's people, once a day at most for a need."""
    new = list(_mailable(need.matches.all()).filter(announced_at=None).for_project()[:NAMES_IN_A_MAIL])
    if not new:
        return
    today = timezone.localdate()
    for person in _writers(need.project.lead):
        key = f"need-matches:{need.pk}:{person.pk}:{today}"
        if OutgoingEmail.objects.filter(dedupe_key=key).exists():
            return  # tomorrow's sweep tells the rest
        queue_mail(
            NEED_MATCHES,
            to=person,
            dedupe_key=key,
            context={"need": need, "matches": new},
            refers_to={"need": need.pk, "matches": [match.pk for match in new], "user": person.pk},
        )
    _mailable(need.matches.filter(is_current=True, announced_at=None)).update(announced_at=timezone.now())


def to_solicit(need: Need) -> list[Match]:
    """Matches whose actors may be asked today, best first."""
    if need.matches.exclude(interested_at=None).count() >= INTERESTED_ARE_ENOUGH:
        return []
    today = need.matches.filter(solicited_at__gte=_start_of_day()).count()
    left = max(0, ACTORS_PER_NEED_AND_DAY - today)
    fresh = _reachable(_mailable(need.matches.all())).filter(solicited_at=None, interested_at=None).for_project()
    return list(fresh.select_related("need__project__lead")[:left])


def solicit(matches: Iterable[Match]) -> None:
    """Write one mail to each person for each actor; a match nobody could be told of stays for later."""
    by_actor: dict[Actor, list[Match]] = defaultdict(list)
    for match in matches:
        by_actor[match.actor].append(match)
    _lock_people(by_actor)
    for actor, suiting in by_actor.items():
        told: set[int] = set()
        for person in _writers(actor):
            allowed = suiting[: max(0, NEEDS_PER_PERSON_AND_WEEK - _needs_told_this_week(person))]
            if allowed:
                _mail_needs(person, actor, allowed)
                told.update(match.pk for match in allowed)
        Match.objects.filter(pk__in=told).update(solicited_at=timezone.now())


def needs_with_news() -> list[int]:
    """Open needs with a match that somebody should still be told of."""
    open_needs = Need.objects.open().values("pk")
    matches = _mailable(Match.objects.current().not_refused().filter(need__in=open_needs))
    untold = matches.filter(announced_at=None).values_list("need", flat=True)
    unasked = _reachable(matches.filter(solicited_at=None, interested_at=None)).values_list("need", flat=True)
    return sorted({*untold, *unasked})


def withdraw_need(need: Need) -> None:
    """The need has ended: mails that have not left are taken back; what else one proposed is told without it."""
    proposed = need.matches.values_list("pk", flat=True)
    waiting = OutgoingEmail.objects.filter(not_left())
    withdraw(waiting.filter(kind_code=NEED_MATCHES.code, refers_to__need=need.pk), ENDED)
    naming = [
        mail.pk
        for mail in waiting.filter(kind_code=NEEDS_FOR_ACTOR.code).only("refers_to")
        if not set(proposed).isdisjoint(mail.refers_to["matches"])
    ]
    for mail in withdraw(OutgoingEmail.objects.filter(pk__in=naming), ENDED):
        _tell_of_the_others(mail)


def _tell_of_the_others(mail: OutgoingEmail) -> None:
    others = Match.objects.current().not_refused().filter(pk__in=mail.refers_to["matches"], interested_at=None)
    standing = others.filter(need__in=Need.objects.open().values("pk")).select_related("need__project__lead", "actor")
    matches = list(standing.order_by("-score", "need"))
    if matches and mail.recipient is not None:
        _mail_needs(mail.recipient, matches[0].actor, matches)


def _mail_needs(person: User, actor: Actor, matches: list[Match]) -> None:
    keys = [match.pk for match in matches]
    queue_mail(
        NEEDS_FOR_ACTOR,
        to=person,
        dedupe_key=f"needs-for-actor:{person.pk}:{'-'.join(map(str, keys))}",
        context={"actor": actor, "matches": matches},
        refers_to={"actor": actor.pk, "matches": keys, "user": person.pk},
    )


def _mailable(matches):
    return matches.filter(band__in=WORTH_A_MAIL)


def _reachable(matches):
    """Matches whose actor has somebody who reads mails for it."""
    readers = Membership.objects.writers().filter(user__is_active=True).exclude(user__digest=Digest.NEVER)
    return matches.filter(Exists(readers.filter(actor=OuterRef("actor"))))


def _needs_told_this_week(person: User) -> int:
    mails = OutgoingEmail.objects.filter(
        recipient=person, kind_code=NEEDS_FOR_ACTOR.code, created_at__gte=timezone.now() - timedelta(days=7)
    ).exclude(state=MailState.CANCELLED)
    return sum(len(refers_to["matches"]) for refers_to in mails.values_list("refers_to", flat=True))


def _writers(actor: Actor) -> list[User]:
    people = User.objects.filter(memberships__in=actor.memberships.writers(), is_active=True)
    return list(people.order_by("pk"))


def _lock_people(actors: Iterable[Actor]) -> None:
    """Two jobs at once must not each think that somebody's week has room left; locked in one order."""
    memberships = Membership.objects.writers().filter(actor__in=list(actors))
    people = User.objects.filter(pk__in=memberships.values("user")).order_by("pk")
    list(people.select_for_update().values_list("pk"))


def _start_of_day() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
