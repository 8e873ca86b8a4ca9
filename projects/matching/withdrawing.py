"""Mails that wait and should no longer go: taken back, and what else they told is told without it."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Actor
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.withdraw import not_left, withdraw
from projects.models import Need

from . import ledger
from .announce import mail_names, mail_needs
from .enums import Channel
from .mails import NEED_MATCHES, NEEDS_FOR_ACTOR, REMINDER
from .models import Match, Solicitation

ENDED = "besoin termine"
REFUSED = "correspondance refusee"
LEFT = "acteur parti"
ENOUGH = "assez d'acteurs interesses"


def withdraw_need(need: Need) -> None:
    """The need has ended."""
    withdraw(OutgoingEmail.objects.filter(not_left(), kind_code=NEED_MATCHES.code, refers_to__need=need.pk), ENDED)
    _take_back(Solicitation.objects.filter(need=need), ENDED)


def withdraw_actor(actor: Actor) -> None:
    """The actor is no longer approved: it is asked nothing, and its name goes to no project."""
    _take_back(Solicitation.objects.filter(actor=actor), LEFT)
    _take_names_back(Match.objects.filter(actor=actor, announced_at__isnull=False), LEFT)


def withdraw_pair(need: Need, actor: Actor) -> None:
    """One of the two said no."""
    _take_back(Solicitation.objects.filter(need=need, actor=actor), REFUSED)
    _take_names_back(Match.objects.filter(need=need, actor=actor), REFUSED)


def withdraw_proposals(need: Need) -> None:
    """Enough are interested; what the project asks by itself stays."""
    _take_back(Solicitation.objects.filter(need=need), ENOUGH)


def _take_back(asked: QuerySet[Solicitation], why: str) -> None:
    proposing = OutgoingEmail.objects.filter(not_left(), kind_code__in=[NEEDS_FOR_ACTOR.code, REMINDER.code])
    keys = set(proposing.filter(pk__in=asked.values("mail")).values_list("pk", flat=True))
    for mail in withdraw(OutgoingEmail.objects.filter(pk__in=keys), why):
        if mail.kind_code == NEEDS_FOR_ACTOR.code:
            _propose_the_others(mail)


def _propose_the_others(mail: OutgoingEmail) -> None:
    """Its standing needs, in a new mail; a match that nobody hears of now may be told later."""
    matches = Match.objects.filter(pk__in=mail.refers_to["matches"])
    standing = matches.current().not_refused().filter(interested_at=None, need__in=Need.objects.open().values("pk"))
    kept = list(
        standing.exclude(need__in=ledger.needs_with_enough())
        .select_related("need__project__lead", "actor")
        .order_by("-score", "need")
    )
    if kept and mail.recipient is not None:
        mail_needs(mail.recipient, kept[0].actor, kept, instead_of=mail)
    gone = matches.exclude(pk__in=[match.pk for match in kept]).only("need", "actor")
    _forget_unheard(gone)


def _forget_unheard(matches: Iterable[Match]) -> None:
    """A mail that never left has solicited nobody."""
    for match in matches:
        told = Solicitation.objects.filter(need=match.need_id, actor=match.actor_id, channel=Channel.PROPOSAL)
        if not told.exclude(mail__state__in=[MailState.CANCELLED, MailState.FAILED]).exists():
            Match.objects.filter(pk=match.pk).update(solicited_at=None)


def _take_names_back(matches: QuerySet[Match], why: str) -> None:
    gone = dict(matches.values_list("pk", "need"))
    waiting = OutgoingEmail.objects.filter(
        not_left(), kind_code=NEED_MATCHES.code, refers_to__need__in=set(gone.values())
    )
    naming = [mail.pk for mail in waiting.only("refers_to") if not gone.keys().isdisjoint(mail.refers_to["matches"])]
    for mail in withdraw(OutgoingEmail.objects.filter(pk__in=naming), why):
        _name_the_others(mail, gone.keys())


def _name_the_others(mail: OutgoingEmail, gone: Iterable[int]) -> None:
    need = Need.objects.open().filter(pk=mail.refers_to["need"]).select_related("project__lead").first()
    if need is None or mail.recipient is None:
        return
    named = need.matches.filter(pk__in=mail.refers_to["matches"]).exclude(pk__in=gone)
    kept = list(named.for_project())
    if kept:
        keys = "-".join(str(match.pk) for match in kept)
        key = f"need-matches:{need.pk}:{mail.recipient.pk}:{timezone.localdate()}:{keys}"
        mail_names(mail.recipient, need, kept, dedupe_key=key, instead_of=mail)
