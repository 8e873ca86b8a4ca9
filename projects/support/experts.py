"""The kinds of support an actor says it offers, and the animators' decision on each."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, User

from . import telling
from .enums import OfferState
from .models import ExpertOffer


class ExpertError(Exception):
    """Why this is not possible, as a sentence for the animator."""


@transaction.atomic
def say_what_is_offered(*, actor: Actor, sentences: Mapping[str, str]) -> None:
    """Kind -> sentence, empty for what is not offered. A sentence that changed is to be confirmed anew."""
    Actor.objects.select_for_update(no_key=True).only("pk").get(pk=actor.pk)
    known = {offer.kind: offer for offer in actor.expert_offers.select_for_update()}
    for kind, sentence in sentences.items():
        offer = known.get(kind)
        if not sentence:
            if offer is not None:
                offer.delete()
        elif offer is None:
            ExpertOffer.objects.create(actor=actor, kind=kind, sentence=sentence)
        elif offer.sentence != sentence:
            offer.sentence, offer.state, offer.why = sentence, OfferState.WAITING, ""
            offer.decided_by, offer.decided_at, offer.changed_at = None, None, timezone.now()
            offer.save()


@transaction.atomic
def decide(*, offer: ExpertOffer, state: str, why: str, seen: datetime, acting_user: User) -> ExpertOffer:
    """An animator confirms or refuses it, and its actor is told. Raises ExpertError when it changed after `seen`."""
    locked = ExpertOffer.objects.select_for_update(of=("self",)).select_related("actor").filter(pk=offer.pk).first()
    if locked is None or locked.changed_at != seen:
        raise ExpertError(_("L'acteur vient de changer cette phrase : relisez-la avant de décider."))
    if state not in (OfferState.CONFIRMED, OfferState.REFUSED):
        raise ExpertError(_("Confirmez ou refusez."))
    if state == OfferState.REFUSED and not why.strip():
        raise ExpertError(_("Dites pourquoi : l'acteur le lira."))
    if (locked.state, locked.why) == (state, why):
        return locked
    locked.state, locked.why = OfferState(state), why
    locked.decided_by, locked.decided_at = acting_user, timezone.now()
    locked.save()
    telling.tell_offer(locked)
    return locked
