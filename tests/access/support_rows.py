"""Requests for help between us, the partner and others, and forms as people would send them."""

from datetime import date
from uuid import uuid4

from actors.models import Actor
from projects.support.models import SupportRequest
from tests.factories import network, support


def of_support(ours: Actor, partner: Actor) -> dict[str, tuple]:
    """We ask, and we help, the partner; nothing of it concerns the other."""
    done = {"done": "Deux ateliers.", "done_on": date(2026, 1, 2), "reference": "Deux ateliers de budget"}
    return {
        "asked_support": (support.request(ours, expert=partner, state="under_way").pk,),
        "helped_support": (support.request(partner, expert=ours, state="under_way").pk,),
        "foreign_support": (support.request(partner, expert=network.actor(), state="under_way").pk,),
        "done_support": (support.request(ours, expert=partner, state="done", **done).pk,),
        "shown_support": (support.request(ours, expert=partner, state="confirmed", **done).pk,),
    }


def support_forms(ours: Actor, asked: int) -> dict:
    seen = SupportRequest.objects.get(pk=asked).changed_at.isoformat()
    return {
        "support-ask": {
            "actor": ours.pk, "kind": "event", "title": "Un festival", "expected": "De l'aide", "meeting": "any",
            "form_key": uuid4(),
        },
        "support-offers": {"event": "Un festival par an."},
        "support-move": {"seen": 0, "to": "withdrawn", "why": "Le projet est reporté."},
        "support-finish": {"seen": 0, "done": "Deux ateliers."},
        "support-confirm": {"seen": 0, "comment": "Très utile."},
        "support-reference": {"show": "1"},
        "support-plan": {"seen": seen, "next_step": "Relire"},
        "support-note": {"on": date(2026, 1, 2), "text": "Vu ce matin.", "form_key": uuid4()},
    }  # fmt: skip
