"""Who is told what, inside the transaction of what happened.

An expert that is asked is solicited like anybody else: through the ledger, when the person's week has room. What
follows between the two is their own exchange.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.queue import queue_mail
from coexist.common.mail.withdraw import withdraw
from projects.matching import ledger
from projects.matching.enums import Channel
from projects.matching.models import Solicitation

from .mails import ASKED, CHANGED, NOTED, OFFER_DECIDED
from .models import ExpertOffer, SupportChange, SupportNote, SupportRequest
from .states import Side, SupportState


def tell_expert(support: SupportRequest) -> None:
    """Ask the expert's people whose week has room; the request is locked."""
    expert = support.expert
    assert expert is not None  # of whoever is asked
    ledger.lock_people([expert])
    everybody = True
    for person in ledger.writers(expert):
        key = f"{ASKED.code}:{support.pk}:{support.turn}:{person.pk}"
        if OutgoingEmail.objects.filter(dedupe_key=key).exists():
            continue
        if not ledger.room_of(person):
            everybody = False
            continue
        refers_to = {"support": support.pk, "turn": support.turn}
        mail = queue_mail(
            ASKED, to=person, dedupe_key=key, context={"support": support, "to": expert}, refers_to=refers_to
        )
        if mail is not None and mail.state != MailState.CANCELLED:
            Solicitation.objects.create(need=None, actor=expert, person=person, channel=Channel.SUPPORT, mail=mail)
    if everybody:
        support.told_at = timezone.now()
        support.save(update_fields=["told_at"])


def tell_waiting() -> None:
    """Ask those whose week had no room; safe to run twice and to kill."""
    for key in _untold().values_list("pk", flat=True):
        with transaction.atomic():
            support = _untold().select_for_update(of=("self",)).select_related("actor", "expert").filter(pk=key).first()
            if support is not None and support.expert is not None and support.expert.is_approved:
                tell_expert(support)


def _untold():
    return SupportRequest.objects.filter(state=SupportState.ASKED, told_at=None).order_by("state_since", "pk")


def stop_asking(support: SupportRequest) -> list[User]:
    """The expert is asked no more: mails that wait do not leave. Returns who had read of it already."""
    mails = OutgoingEmail.objects.filter(kind_code=ASKED.code, refers_to__support=support.pk)
    withdraw(mails, "demande reprise")
    last = mails.filter(refers_to__turn=support.turn, state=MailState.SENT)
    return list(User.objects.filter(pk__in=last.values("recipient"), is_active=True).order_by("pk"))


def tell_change(change: SupportChange, expert: Actor | None, heard: Iterable[User]) -> None:
    """To the sides that did not decide it; `expert` is who helped or was asked, `heard` its people who know of it."""
    support, side = change.support, change.side
    by_pk: dict[int, tuple[User, int | None]] = {}
    if support.animator and side != Side.ANIMATOR:
        by_pk[support.animator.pk] = (support.animator, None)
    if expert is not None and side != Side.EXPERT:
        by_pk |= {person.pk: (person, expert.pk) for person in heard}
    if side != Side.ASKER:
        by_pk |= {person.pk: (person, support.actor_id) for person in ledger.writers(support.actor)}
    for person, actor in by_pk.values():
        if person.pk != change.by_id:
            queue_mail(
                CHANGED,
                to=person,
                dedupe_key=f"{CHANGED.code}:{support.pk}:{support.turn}:{person.pk}",
                context={
                    "support": support, "change": change, "is_asker": actor == support.actor_id,
                    "sees": actor in (None, support.actor_id, support.expert_id),
                },
                refers_to={"support": support.pk, "actor": actor},
            )  # fmt: skip


def tell_note(note: SupportNote) -> None:
    """To the other sides, at most one mail a day for a request and a person: the page has the others."""
    support = note.support
    people: dict[int, tuple[User, int | None]] = {}
    if support.animator and note.side != Side.ANIMATOR:
        people[support.animator.pk] = (support.animator, None)
    sides = [(Side.ASKER, support.actor)]
    if support.expert is not None and support.state != SupportState.ASKED:
        sides.append((Side.EXPERT, support.expert))
    for side, actor in sides:
        if note.side != side:
            people |= {person.pk: (person, actor.pk) for person in ledger.writers(actor)}
    for person, key in people.values():
        if person.pk != note.by_id:
            queue_mail(
                NOTED,
                to=person,
                dedupe_key=f"{NOTED.code}:{support.pk}:{person.pk}:{timezone.localdate()}",
                context={"support": support, "note": note},
                refers_to={"support": support.pk, "actor": key},
            )


def tell_offer(offer: ExpertOffer) -> None:
    at = offer.decided_at.isoformat() if offer.decided_at else ""
    for person in ledger.writers(offer.actor):
        queue_mail(
            OFFER_DECIDED,
            to=person,
            dedupe_key=f"{OFFER_DECIDED.code}:{offer.pk}:{at}:{person.pk}",
            context={"offer": offer, "actor": offer.actor},
            refers_to={"actor": offer.actor_id},
        )
