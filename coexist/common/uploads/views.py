"""Stored files, served from a path of their own and never as a page of the site."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from coexist.common.access import public

from .shelves import shelf_of

A_YEAR = 31_536_000  # seconds; a stored file never changes, its name would
LONG = f"public, max-age={A_YEAR}, immutable"
# Opened alone, a stored file has no origin, runs nothing and loads nothing.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


@public
@require_safe
def stored_file(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Our own images inline and kept for a year; everything else as a download, asked anew each time."""
    shelf, path = shelf_of(folder), f"{folder}/{name}"
    if shelf is None or (shelf.may_read and not shelf.may_read(request.user, path)):
        raise Http404
    try:
        file = default_storage.open(path)
    except OSError:
        raise Http404 from None
    guessed = mimetypes.guess_type(name)[0] if shelf.inline else None
    shown_name = (shelf.name_of(path) if shelf.name_of else "") or name
    response = FileResponse(
        file, as_attachment=not shelf.inline, content_type=guessed or "application/octet-stream", filename=shown_name
    )
    response["Cache-Control"] = LONG if shelf.inline and not shelf.may_read else "private, no-cache"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
