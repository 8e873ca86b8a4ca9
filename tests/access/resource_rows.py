"""Resources of ours in every state, their files, and forms as people would send them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from actors.models import Actor, User
from mediatheque.enums import Extraction
from mediatheque.models import Resource, ResourceFile, ResourcePage
from tests.factories import network, resources


def of_loans(ours: Actor, partner: Actor, owner: User) -> dict[str, tuple]:
    """What we lend and are asked for, what we ask of the partner, and a loan between two others."""
    lent, theirs = resources.lent(ours), resources.lent(partner)
    shown = resources.collection(lent, resources.resource(ours, state="draft"))
    return {
        "lent": (lent.slug,),
        "lent_by_partner": (theirs.slug,),
        "asked_loan": (resources.loan(lent, partner).pk,),
        "our_loan": (resources.loan(theirs, ours, asked_by=owner).pk,),
        "foreign_loan": (resources.loan(theirs, network.actor()).pk,),
        "collection": (shown.slug,),
        "draft_collection": (resources.collection(lent, is_published=False).slug,),
        "empty_collection": (resources.collection(resources.resource(ours, state="draft")).slug,),
    }


def of_resources(ours: Actor, suspended: Actor) -> dict[str, tuple]:
    public, draft = resources.resource(ours), resources.resource(ours, state="draft", link="https://a.example/")
    hidden = resources.resource(suspended)
    earlier = _read(resources.file(public))
    latest, of_draft = _read(resources.file(public, replaces=earlier)), _read(resources.file(draft))
    of_hidden = _read(resources.file(hidden))
    ResourcePage.objects.bulk_create(
        ResourcePage(file=file, number=1, text="Une page.") for file in (earlier, latest, of_draft, of_hidden)
    )
    return {
        "resource": (public.slug,),
        "draft_resource": (draft.slug,),
        "waiting_resource": (resources.resource(ours, state="waiting").slug,),
        "waiting_resource_key": (resources.resource(ours, state="waiting", link="https://a.example/").pk,),
        "archived_resource": (resources.resource(ours, state="archived").slug,),
        "hidden_resource": (hidden.slug,),
        "our_file": (latest.pk,),
        "earlier_file": (earlier.pk,),
        "draft_file": (of_draft.pk,),
        "hidden_file": (of_hidden.pk,),
        "text_of_ours": (public.slug, 1),
        "text_of_draft": (draft.slug, 1),
        "text_of_hidden": (hidden.slug, 1),
        "stored_file": tuple(latest.file.name.split("/")),
        "stored_earlier": tuple(earlier.file.name.split("/")),
        "stored_draft": tuple(of_draft.file.name.split("/")),
    }


def _read(file: ResourceFile) -> ResourceFile:
    """As if the worker had been there."""
    file.extraction = Extraction.DONE
    file.save()
    return file


def resource_forms(ours: Actor, others: Actor) -> dict:
    start = timezone.localdate() + timedelta(days=60)
    waiting = Resource.objects.get(publisher=ours, state="waiting", link="https://a.example/")
    resource = {
        "title": "Guide du pro bono", "kind": "guide", "summary": "Un jour, une mission.", "year": 2026,
        "languages": ["fr"], "licence": "cc-by", "link": "https://a.example/",
    }  # fmt: skip
    borrow = {
        "starts_on": start, "ends_on": start, "place": "Lycée", "message": "Bonjour", "form_key": uuid4(),
    }  # fmt: skip
    return {
        "resource-create": resource | {"publisher": ours.pk, "form_key": uuid4()},
        "resource-edit": resource,
        **{
            ("resource-files", about): {"file": resources.upload(resources.pdf("Un texte")), "form_key": uuid4()}
            for about in ("resource", "draft_resource")
        },
        ("resource-move", "resource"): {"to": "archived"},
        ("resource-move", "draft_resource"): {"to": "waiting"},
        ("resource-borrow", "lent"): borrow | {"actor": others.pk},
        ("resource-borrow", "lent_by_partner"): borrow | {"actor": ours.pk},
        ("loan-move", "asked_loan"): {"to": "agreed", "seen": "asked"},
        ("loan-move", "our_loan"): {"to": "withdrawn", "seen": "asked"},
        "admin:mediatheque_resource_decide": {
            "to": "draft",
            "why": "Citez vos sources.",
            "seen": waiting.updated_at.isoformat(),
        },
    }
