"""What somebody reads in a PDF."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2


def pages_of(content: bytes) -> list[str]:
    """The text of each page, with plain spaces."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    return [page.replace("\r\n", "\n").replace("\xa0", " ").replace("\u202f", " ") for page in pages]


def read_back(content: bytes) -> str:
    return "\n".join(pages_of(content))


def inside(content: bytes) -> bytes:
    """The bytes of a PDF with those of what is compressed in it: its structure."""
    return content + b"".join(_inflated(content))


def _inflated(content: bytes) -> Iterator[bytes]:
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with suppress(zlib.error):
            yield zlib.decompress(stream)
