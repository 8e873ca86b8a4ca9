"""One part of a file, as players ask for it (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 262_144  # bytes
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def part_of(file: Any, asked: str, content_type: str) -> HttpResponseBase | None:
    """206 with the part, 416 for one beyond the file; None where the whole file is the answer.

    Several parts in one request, and what cannot be read, get the whole file, as the standard allows.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found or not (found[1] or found[2]):
        return None
    size = file.size
    first = int(found[1]) if found[1] else max(0, size - int(found[2]))
    last = min(int(found[2]), size - 1) if found[1] and found[2] else size - 1
    if found[1] and found[2] and int(found[2]) < first:
        return None
    if first >= size or (not found[1] and int(found[2]) == 0):
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_Part(file, first, last), status=206, content_type=content_type)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    return answer


class _Part:
    """Closed by the server with the answer."""

    def __init__(self, file: IO[bytes], first: int, last: int) -> None:
        self.file, self.first, self.last = file, first, last

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        left = self.last - self.first + 1
        while left > 0 and (chunk := self.file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.file.close()
