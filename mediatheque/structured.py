"""A resource's public facts in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from coexist.common.structured import without_empty

from .enums import FileKind, ResourceKind
from .models import Resource, ResourceFile
from .players import Player
from .sniffing import PLAYED

TYPES: dict[str, str] = {
    ResourceKind.REPORT: "Report", ResourceKind.STUDY: "ScholarlyArticle", ResourceKind.VIDEO: "VideoObject",
    ResourceKind.AUDIO: "AudioObject", ResourceKind.GUIDE: "Guide",
}  # fmt: skip
MEDIA_TYPES = {**PLAYED, "pdf": "application/pdf", "webp": "image/webp"}


def resource_facts(resource: Resource, files: Iterable[ResourceFile], player: Player | None) -> dict[str, Any]:
    """Facts of a public resource, with its files."""
    kind = TYPES.get(resource.kind, "CreativeWork")
    media = [_file(file) for file in files]
    facts = {
        "@type": kind,
        "name": resource.title,
        "description": resource.summary,
        "url": settings.SITE_URL + resource.get_absolute_url(),
        "author": [{"@type": "Thing", "name": name.strip()} for name in resource.authors.split(",") if name.strip()],
        "publisher": {
            "@type": "Organization",
            "name": resource.publisher.name,
            "url": settings.SITE_URL + resource.publisher.get_absolute_url(),
        },
        "datePublished": str(resource.year),
        "inLanguage": resource.languages,
        "license": resource.licence_url,
        "thumbnailUrl": settings.SITE_URL + resource.cover_url if resource.cover_url else "",
        "isAccessibleForFree": True,
        "transcript": resource.transcript[:5000],
        "encoding": media,
    }
    if kind == "VideoObject":
        facts["uploadDate"] = resource.published_at.isoformat() if resource.published_at else ""
        facts["embedUrl"] = player.source if player else ""
    return without_empty(facts)


def _file(file: ResourceFile) -> dict[str, Any]:
    types = {FileKind.VIDEO: "VideoObject", FileKind.AUDIO: "AudioObject", FileKind.IMAGE: "ImageObject"}
    return without_empty(
        {
            "@type": types.get(FileKind(file.kind), "MediaObject"),
            "name": str(file),
            "contentUrl": settings.SITE_URL + file.url,
            "contentSize": str(file.size),
            "encodingFormat": MEDIA_TYPES.get(file.ending, ""),
            "duration": f"PT{file.duration}S" if file.duration else "",
        }
    )
