"""Requests for help, and experts."""

from django.utils import timezone

from actors.models import Actor, User
from projects.support.enums import OfferState, SupportKind
from projects.support.models import ExpertOffer, SupportChange, SupportNote, SupportRequest
from tests.factories import network


def offers(actor: Actor, kind: str = SupportKind.TECHNICAL, **fields) -> ExpertOffer:
    """Confirmed unless told otherwise."""
    told = {"sentence": "Monter un budget à plusieurs.", "state": OfferState.CONFIRMED, **fields}
    return ExpertOffer.objects.create(actor=actor, kind=kind, **told)


def expert(kind: str = SupportKind.TECHNICAL, **fields) -> tuple[Actor, User]:
    actor, owner = network.owned_actor(**fields)
    offers(actor, kind)
    return actor, owner


def request(actor: Actor, **fields) -> SupportRequest:
    """As it stands; `services.ask` is what people do."""
    told = {"kind": SupportKind.TECHNICAL, "title": "Relire notre budget", "expected": "Un avis sur deux postes."}
    made = SupportRequest.objects.create(actor=actor, **{**told, **fields})
    SupportChange.objects.create(support=made, after=made.state, expert=made.expert)
    return made


def note(of: SupportRequest, text: str = "Premier appel.", **fields) -> SupportNote:
    return SupportNote.objects.create(support=of, text=text, **{"side": "asker", **fields})


def reference(by: Actor, to: Actor, text: str = "Deux ateliers de budget", **fields) -> SupportRequest:
    """Closed, and both sides agreed to show it."""
    shown = {"asker_shows": True, "expert_shows": True, "reference": text, "state": "confirmed"}
    return request(to, expert=by, done="Deux ateliers.", done_on=timezone.localdate(), **{**shown, **fields})
