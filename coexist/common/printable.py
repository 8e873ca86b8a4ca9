"""What people typed or a file held, as any file that we write can hold it."""

import re

# XML 1.0 has no place for them, and a feed with one of them is refused as a whole (RFC 5545 leaves them out as well);
# half a surrogate pair cannot be written in UTF-8.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """Without control characters but tabs and ends of lines, which are all of one kind."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
