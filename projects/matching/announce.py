"""Telling the project's people and the actors' people; the only place that decides who is proposed a need.

The caps are counted in ledger.py, what is news is told by novelty.py (docs/matching.md).
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from projects.models import Need

from . import ledger
from .enums import Band, Channel
from .mails import NEED_MATCHES, NEEDS_FOR_ACTOR
from .models import Match, Solicitation
from .novelty import weigh_actor, weigh_need

NAMES_IN_A_MAIL = 3
WORTH_A_MAIL = (Band.STRONG, Band.GOOD)


def announce_new(need: Need) -> None:
    """`need` was matched: tell its people and solicit the best actors; call in a transaction."""
    weigh_need(need, need.matches.filter(band__in=WORTH_A_MAIL).current())
    announce_waiting(need)


def announce_waiting(need: Need) -> None:
    """Tell what the caps held back until now."""
    tell_project(need)
    solicit(to_solicit(need))


def announce_actor(actor: Actor, needs: Iterable[Need]) -> None:
    """One actor was matched: one mail for all the needs that suit it, not one for each."""
    needs = list(needs)
    weigh_actor(actor, Match.objects.current().filter(actor=actor, need__in=needs, band__in=WORTH_A_MAIL))
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
    for person in ledger.writers(need.project.lead):
        key = f"need-matches:{need.pk}:{person.pk}:{today}"
        if OutgoingEmail.objects.filter(dedupe_key=key).exists():
            return  # tomorrow's sweep tells the rest
        mail_names(person, need, new, dedupe_key=key)
    _mailable(need.matches.filter(is_current=True, announced_at=None)).update(announced_at=timezone.now())


def to_solicit(need: Need) -> list[Match]:
    """Matches whose actors may be asked today, best first."""
    if ledger.has_enough(need):
        return []
    fresh = _unasked(_mailable(need.matches.all())).for_project()
    return list(fresh.select_related("need__project__lead")[: ledger.room_today(need)])


def solicit(matches: Iterable[Match]) -> None:
    """Write one mail to each person for each actor; a match nobody could be told of stays for later."""
    by_actor: dict[Actor, list[Match]] = defaultdict(list)
    for match in matches:
        by_actor[match.actor].append(match)
    ledger.lock_people(by_actor)
    for actor, suiting in by_actor.items():
        told: set[int] = set()
        for person in ledger.readers(actor, NEEDS_FOR_ACTOR.code):
            allowed = suiting[: ledger.room_of(person)]
            if allowed and mail_needs(person, actor, allowed):
                told.update(match.pk for match in allowed)
        Match.objects.filter(pk__in=told).update(solicited_at=timezone.now())


def needs_with_news() -> list[int]:
    """Open needs with a match that somebody should still be told of."""
    open_needs = Need.objects.open().values("pk")
    matches = _mailable(Match.objects.current().not_refused().filter(need__in=open_needs))
    untold = matches.filter(announced_at=None).values_list("need", flat=True)
    unasked = _unasked(matches).exclude(need__in=ledger.needs_with_enough()).values_list("need", flat=True)
    return sorted({*untold, *unasked})


def mail_names(
    person: User, need: Need, matches: list[Match], *, dedupe_key: str, instead_of: OutgoingEmail | None = None
) -> None:
    """To the project's people; `instead_of` a mail that was taken back."""
    queue_mail(
        NEED_MATCHES,
        to=person,
        dedupe_key=dedupe_key,
        context={"need": need, "matches": matches},
        refers_to={
            "need": need.pk, "matches": [match.pk for match in matches], "user": person.pk, **_replaces(instead_of),
        },
    )  # fmt: skip


def mail_needs(
    person: User, actor: Actor, matches: list[Match], *, instead_of: OutgoingEmail | None = None
) -> OutgoingEmail | None:
    """To an actor's people; None when nothing will leave."""
    keys = [match.pk for match in matches]
    mail = queue_mail(
        NEEDS_FOR_ACTOR,
        to=person,
        # A match is told again only after days: the day tells two mails about the same ones apart.
        dedupe_key=f"needs-for-actor:{person.pk}:{timezone.localdate()}:{'-'.join(map(str, keys))}",
        context={"actor": actor, "matches": matches},
        refers_to={"actor": actor.pk, "matches": keys, "user": person.pk, **_replaces(instead_of)},
    )
    if mail is None or mail.state == MailState.CANCELLED:
        return None
    since = instead_of.created_at if instead_of else None
    ledger.record(mail, channel=Channel.PROPOSAL, person=person, actor=actor, matches=matches, since=since)
    return mail


def _replaces(mail: OutgoingEmail | None) -> dict:
    return {"instead_of": mail.pk} if mail else {}


def _mailable(matches):
    return matches.filter(band__in=WORTH_A_MAIL, is_quiet=False)


def _unasked(matches):
    """Nobody of the actor was asked, neither by CoExist nor by the project itself."""
    question = Solicitation.objects.filter(need=OuterRef("need"), actor=OuterRef("actor"), channel=Channel.QUESTION)
    unasked = matches.filter(solicited_at=None, interested_at=None).exclude(Exists(question))
    return ledger.reachable(unasked, NEEDS_FOR_ACTOR.code)
