"""Headings of a resource, by which its meaning is found: of its presentation, and the first lines of its pages."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models.functions import Left

from .enums import FileKind
from .models import Resource, ResourcePage

MOST = 12  # of a resource
READ_PAGES = 60  # of a document
SHORTEST, LONGEST = 8, 90  # characters
BEGINNING = 200  # characters of a page
_MARKDOWN = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_HEADING = re.compile(r"^(?:[\dIVX]+[.)]\s*)*[^\W\d_].*[^\W_.,;:!]\s*[?]?$")


def headings_of(rows: Iterable[Resource]) -> dict[int, str]:
    """One line each, by key of the resource; a line that each page repeats is said once."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.pk] = _MARKDOWN.findall(row.description)
    pages = (
        ResourcePage.objects.filter(
            file__resource__in=[row.pk for row in rows], file__is_latest=True, number__lte=READ_PAGES
        )
        .exclude(file__kind=FileKind.SUBTITLES)
        .annotate(beginning=Left("text", BEGINNING))
    )
    for key, text in pages.order_by("file__position", "number").values_list("file__resource", "beginning"):
        line = text.strip().partition("\n")[0].strip()
        if SHORTEST <= len(line) <= LONGEST and _HEADING.match(line):
            found[key].append(line)
    return defaultdict(str, {key: "\n".join(list(dict.fromkeys(lines))[:MOST]) for key, lines in found.items()})
