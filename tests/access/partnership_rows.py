"""A partnership between us and the partner, and forms as people would send them."""

from uuid import uuid4

from django.utils import timezone

from actors.models import Actor
from coexist.common.uploads.documents import clean_document
from projects.following.models import Partnership
from projects.partnerships.enums import IntroductionState
from tests.factories import following, network


def of_partnerships(ours: Actor, partner: Actor, declined: int) -> dict[str, tuple]:
    """Between us and the partner; nothing of it concerns the other."""
    need = network.need(network.project(ours))
    accepted = network.introduction(need, partner, state=IntroductionState.ACCEPTED)
    partnership = following.partnership(ours, partner)
    sent = following.agreement(partnership, status="sent", foreign="local")
    signed_file = clean_document(following.upload())
    signed = following.agreement(
        partnership, status="signed", foreign="local", signed_on=timezone.localdate(), signed_file=signed_file
    )
    return {
        "accepted": (accepted.pk,),
        "declined": (declined,),
        "partnership": (partnership.pk,),
        "milestone": (following.milestone(partnership).pk,),
        "draft_agreement": (following.agreement(partnership).pk,),
        "sent_agreement": (sent.pk,),
        "signed_agreement": (signed.pk,),
        "private_document": tuple(following.document(partnership).file.name.split("/")),
        "signed_file": tuple(signed.signed_file.name.split("/")),
    }


def partnership_forms(others: Actor, partner: Actor) -> dict:
    """A file is read once: each form has its own."""
    today = timezone.localdate()
    return {
        "partnership-open": {"title": "Ensemble", "first": others.slug, "second": partner.slug, "form_key": uuid4()},
        "partnership-stage": {"seen": "contact", "to": "discussion"},
        "partnership-party": {"actor": others.slug},
        "partnership-note": {"on": today, "text": "Vu ce matin.", "form_key": uuid4()},
        "partnership-document": {"title": "Budget", "file": following.upload()},
        "milestone-create": {"title": "Bilan", "due_on": today, "form_key": uuid4()},
        "milestone-edit": {"title": "Bilan", "due_on": today, "done_on": today},
        "agreement-create": {
            "kind": "partnership", "object": "Creuser", "currency": "EUR", "foreign": "", "form_key": uuid4(),
        },
        "agreement-edit": {"kind": "partnership", "object": "Forer", "currency": "EUR", "foreign": ""},
        "agreement-text": {"text": "Nos propres mots."},
        "agreement-status": {"seen": "draft", "to": "sent"},
        "agreement-signed": {"on": today, "file": following.upload()},
        ("agreement-signed", "draft_agreement"): {"on": today, "file": following.upload()},
        "agreement-transmitted": {"on": today},
    }  # fmt: skip


def plan_form(partnership: int) -> dict:
    seen = Partnership.objects.get(pk=partnership).changed_at.isoformat()
    return {"seen": seen, "title": "Un puits à Podor", "next_step": "Choisir le foreur"}
