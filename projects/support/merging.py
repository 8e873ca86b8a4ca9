"""Two actors became one: its requests, its references and what it offers become one."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from actors.models import Actor

from .enums import OfferState
from .models import ExpertOffer, SupportChange, SupportRequest
from .services import give_back

_RANK = {OfferState.CONFIRMED: 2, OfferState.WAITING: 1, OfferState.REFUSED: 0}


@transaction.atomic
def move_support(*, kept: Actor, absorbed: Actor) -> None:
    """Nobody helps oneself: what one asked of the other is the animators' again, and is no reference."""
    between = Q(actor=kept, expert=absorbed) | Q(actor=absorbed, expert=kept)
    for support in SupportRequest.objects.filter(between):
        give_back(support=support, why=gettext("Les deux acteurs n'en font plus qu'un."))
    SupportRequest.objects.filter(between).update(asker_shows=False, expert_shows=False)
    SupportRequest.objects.filter(actor=absorbed).update(actor=kept)
    SupportRequest.objects.filter(expert=absorbed).update(expert=kept)
    SupportChange.objects.filter(expert=absorbed).update(expert=kept)
    _move_offers(kept, absorbed)


def _move_offers(kept: Actor, absorbed: Actor) -> None:
    """Of two of the same kind the confirmed one stays."""
    mine = {offer.kind: offer for offer in ExpertOffer.objects.filter(actor=kept)}
    for offer in ExpertOffer.objects.filter(actor=absorbed):
        twin = mine.get(offer.kind)
        if twin is not None:
            better, worse = sorted([twin, offer], key=lambda one: _RANK[OfferState(one.state)], reverse=True)
            worse.delete()
            offer = better
        offer.actor = kept
        offer.save(update_fields=["actor"])
