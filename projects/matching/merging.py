"""Two actors became one: its matches and refusals become one, and none is about a need of its own.

Their projects have moved by then: the receivers run in the order of the rooms.
"""

from django.db import transaction

from actors.models import Actor
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need

from .mails import NEEDS_FOR_ACTOR, REMINDER
from .models import Match, Refusal, Solicitation

_DATES = ("announced_at", "interested_at", "solicited_at")
_LONGEST = 1000  # characters of a refusal's text


@transaction.atomic
def move_answers(*, kept: Actor, absorbed: Actor) -> None:
    own = Need.objects.filter(project__lead=kept)
    Match.objects.filter(actor__in=[kept, absorbed], need__in=own).delete()
    _move_matches(kept, absorbed)
    _move_refusals(kept, absorbed)
    Solicitation.objects.filter(actor=absorbed).update(actor=kept)
    _readdress_mails(kept, absorbed)


def _move_matches(kept: Actor, absorbed: Actor) -> None:
    """Of two with the same need the better stays; what was done with either (announced, asked) was done."""
    mine = {match.need_id: match for match in Match.objects.filter(actor=kept)}
    for match in Match.objects.filter(actor=absorbed):
        twin = mine.get(match.need_id)
        if twin is not None:
            match = _better_of(twin, match)
        match.actor = kept
        match.save()


def _better_of(one: Match, other: Match) -> Match:
    """The better of the two, with the dates of both; the other is deleted."""
    better, worse = sorted([one, other], key=lambda match: (match.is_current, match.score), reverse=True)
    for name in _DATES:
        dates = [date for date in (getattr(better, name), getattr(worse, name)) if date]
        setattr(better, name, min(dates, default=None))
    worse.delete()
    return better


def _move_refusals(kept: Actor, absorbed: Actor) -> None:
    """Of two for the same need the first stays, with the words of both."""
    mine = {refusal.need_id: refusal for refusal in Refusal.objects.filter(actor=kept)}
    for refusal in Refusal.objects.filter(actor=absorbed):
        twin = mine.get(refusal.need_id)
        if twin is None:
            refusal.actor = kept
            refusal.save(update_fields=["actor"])
            continue
        twin.text = "\n".join(dict.fromkeys(text for text in (twin.text, refusal.text) if text))[:_LONGEST]
        twin.save(update_fields=["text"])
        refusal.delete()


def _readdress_mails(kept: Actor, absorbed: Actor) -> None:
    """Proposals not sent yet are still wanted, by the actor that lives on."""
    waiting = OutgoingEmail.objects.filter(
        kind_code__in=[NEEDS_FOR_ACTOR.code, REMINDER.code],
        state__in=[MailState.QUEUED, MailState.HELD],
        refers_to__actor=absorbed.pk,
    )
    for mail in waiting.select_for_update():
        mail.refers_to = {**mail.refers_to, "actor": kept.pk}
        mail.save(update_fields=["refers_to"])
