"""Resources of ours in every state, their files, and forms as people would send them."""

from uuid import uuid4

from actors.models import Actor
from mediatheque.enums import Extraction
from mediatheque.models import ResourceFile, ResourcePage
from tests.factories import resources


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


def resource_forms(ours: Actor) -> dict:
    resource = {
        "title": "Guide du pro bono", "kind": "guide", "summary": "Un jour, une mission.", "year": 2026,
        "languages": ["fr"], "licence": "cc-by", "link": "https://a.example/",
    }  # fmt: skip
    return {
        "resource-create": resource | {"publisher": ours.pk, "form_key": uuid4()},
        "resource-edit": resource,
        "resource-files": {"file": resources.upload(resources.pdf("Un texte")), "form_key": uuid4()},
        ("resource-move", "resource"): {"to": "archived"},
        ("resource-move", "draft_resource"): {"to": "waiting"},
        "admin:mediatheque_resource_decide": {"to": "draft", "why": "Citez vos sources."},
    }
