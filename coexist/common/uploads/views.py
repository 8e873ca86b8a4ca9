"""Stored files, served from a path of their own and never as a page of the site."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from coexist.common.access import public

from .ranges import part_of
from .shelves import Shelf, shelf_of

A_YEAR = 31_536_000  # seconds; a stored file never changes, its name would
LONG = f"public, max-age={A_YEAR}, immutable"
# Opened alone, a stored file has no origin, runs nothing and loads nothing.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


@public
@require_safe
def stored_file(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Our own images inline and kept for a year; what plays, in parts; everything else as a download."""
    shelf, path = shelf_of(folder), f"{folder}/{name}"
    if shelf is None or (shelf.may_read and not shelf.may_read(request.user, path)):
        raise Http404
    try:
        file = default_storage.open(path)
    except OSError:
        raise Http404 from None
    kind, is_shown = _kind(shelf, name)
    shown_name = (shelf.name_of(path) if shelf.name_of else "") or name
    response: HttpResponseBase | None = part_of(file, request.headers.get("Range", ""), kind) if shelf.plays else None
    if response is None:
        response = FileResponse(file, as_attachment=not is_shown, content_type=kind, filename=shown_name)
    if shelf.plays:
        response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = LONG if shelf.inline and not shelf.may_read else "private, no-cache"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kind(shelf: Shelf, name: str) -> tuple[str, bool]:
    """The media type that is told, and whether a browser may show the file."""
    plays = (shelf.plays or {}).get(name.rpartition(".")[2])
    guessed = mimetypes.guess_type(name)[0] if shelf.inline else plays
    return guessed or "application/octet-stream", shelf.inline or plays is not None
