"""The demo's médiathèque: resources with real PDF, made here from short texts, and read by the real reader."""

import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from actors.models import Actor
from coexist.common import pdf
from mediatheque.enums import ResourceState
from mediatheque.extraction import work
from mediatheque.loans.offers import keep_offer
from mediatheque.models import DownloadCount, Resource
from mediatheque.services import save_resource
from mediatheque.sniffing import prepared
from mediatheque.uploading import add_file

STYLE = Path(__file__).with_name("resource.css")
SAME = (
    "title", "kind", "summary", "authors", "year", "licence", "link", "themes", "territories", "audiences",
)  # fmt: skip


def load_resource(entry: dict, actors: dict[str, Actor]) -> Resource:
    publisher = actors[entry["publisher"]]
    person = publisher.members.first()
    at = timezone.now() - timedelta(days=entry["days"])
    state = entry.get("state", ResourceState.PUBLISHED)
    resource = Resource(
        publisher=publisher, description=_flowing(entry.get("description", "")), submitted_by=person,
        transcript=_flowing(entry.get("transcript", "")), languages=entry.get("languages", ["fr"]),
        published_at=at if state == ResourceState.PUBLISHED else None, state_since=at,
        loan=_flowing(entry.get("loan", "")), **{name: entry[name] for name in SAME if name in entry},
    )  # fmt: skip
    save_resource(resource=resource, skills=(), acting_user=person)
    for file in _files(entry):
        _add(resource, publisher, file)
    Resource.objects.filter(pk=resource.pk).update(state=state, changed_at=None)
    resource.refresh_from_db()
    keep_offer(resource, acting_user=person)
    if state == ResourceState.PUBLISHED and resource.files.exists():
        DownloadCount.objects.create(resource=resource, day=at.date(), number=3 + (resource.pk * 7) % 60)
    return resource


def _flowing(text: str) -> str:
    """Paragraphs without the line ends of the content's file."""
    return re.sub(r"(?<!\n)\n(?![\n\-|#]|\d\.)", " ", text.strip())


def _files(entry: dict) -> list[dict]:
    """None without Pango, which PDF are made with: the resource then has its description alone."""
    if pdf.missing_packages():
        return []
    return entry.get("file", []) or ([{"label": entry["title"], "text": entry["text"]}] if "text" in entry else [])


def _add(resource: Resource, publisher: Actor, file: dict[str, Any]) -> None:
    shown = {"resource": resource, "publisher": publisher, "label": file["label"], "text": _flowing(file["text"])}
    html = render_to_string("mediatheque/demo_pdf.html", shown)
    content = pdf.made(html, styles=[STYLE])
    upload = SimpleUploadedFile(f"{file['label'][:60]}.pdf", content)
    made = add_file(resource=resource, prepared=prepared(upload), acting_user=None, label=file["label"])
    transaction.on_commit(partial(work.read_file, made.pk))
