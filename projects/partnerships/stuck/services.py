"""What animators do for a need without a taker: propose an actor by hand, or say honestly that nobody was found."""

from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Actor, User
from coexist.common import audit_log
from coexist.common.mail.queue import queue_mail
from projects.enums import NeedState
from projects.matching import ledger
from projects.matching.announce import solicit
from projects.matching.enums import Channel
from projects.matching.gates import offers_pass
from projects.matching.models import Match, Solicitation
from projects.matching.run import match_pair
from projects.models import Need
from projects.services import end_need

from ..models import Introduction
from .mails import UNANSWERED
from .needs import has_taker


class StuckError(Exception):
    """Why it cannot be done, as a sentence for the animator."""


@transaction.atomic
def propose(*, need: Need, actor: Actor, acting_user: User) -> Match:
    """Ask `actor`'s people for `need`, through the gates, the caps and the ledger that the engine uses."""
    locked = _locked(need)
    if not actor.offers.filter(offers_pass(locked)).exists():
        raise StuckError(_("Une règle l'écarte pour ce besoin : « Pourquoi pas cet acteur ? » dit laquelle."))
    if Introduction.objects.live().filter(need=locked, actor=actor).exists():
        raise StuckError(_("Les deux structures sont déjà en relation pour ce besoin."))
    if _was_asked(locked, actor):
        raise StuckError(_("Cet acteur a déjà été sollicité pour ce besoin."))
    if ledger.has_enough(locked) or not ledger.room_today(locked):
        raise StuckError(_("Assez d'acteurs ont été sollicités aujourd'hui pour ce besoin : réessayez demain."))
    match = match_pair(locked, actor)
    if match is None:
        raise StuckError(_("Le profil n'a pas encore été lu par le moteur : réessayez dans quelques minutes."))
    solicit([match])
    match.refresh_from_db(fields=["solicited_at"])
    if match.solicited_at is None:
        raise StuckError(_("Ses membres ont déjà reçu cinq demandes cette semaine, ou n'en veulent pas par e-mail."))
    audit_log.record("need.proposed_by_hand", need=locked.pk, actor=actor.pk, by=acting_user.pk)
    return match


@transaction.atomic
def close_unanswered(*, need: Need, text: str, acting_user: User) -> None:
    """Close the need and tell its project's people, once."""
    locked = _locked(need)
    if has_taker(locked):
        raise StuckError(_("Un acteur vient de répondre à ce besoin : il n'est plus sans preneur."))
    end_need(need=locked, state=NeedState.CLOSED, acting_user=acting_user)
    for person in ledger.writers(locked.project.lead):
        queue_mail(
            UNANSWERED,
            to=person,
            dedupe_key=f"{UNANSWERED.code}:{locked.pk}:{person.pk}",
            context={"need": locked, "text": text},
            refers_to={"need": locked.pk},
        )
    audit_log.record("need.closed_unanswered", need=locked.pk, by=acting_user.pk)


def _locked(need: Need) -> Need:
    open_needs = Need.objects.open().select_related("project__lead").select_for_update(of=("self",))
    locked = open_needs.filter(pk=need.pk).first()
    if locked is None:
        raise StuckError(_("Ce besoin n'est plus ouvert : il a été pourvu, clos ou retiré."))
    return locked


def _was_asked(need: Need, actor: Actor) -> bool:
    asked = Solicitation.objects.filter(need=need, actor=actor, channel__in=[Channel.PROPOSAL, Channel.QUESTION])
    return asked.exists() or Match.objects.filter(need=need, actor=actor).exclude(solicited_at=None).exists()
