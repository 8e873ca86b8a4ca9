"""Files that people send: good ones, and those that should not get in."""

import io
import struct
import zlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from coexist.common.uploads.images import clean_image

SCRIPT = b"<script>alert('polyglotte')</script>"
PLACE = 0x8825  # EXIF's pointer to where a photo was taken


def upload(content: bytes, name: str = "logo.png", content_type: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def image(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (28, 93, 85, 120)[: len(mode)] if len(mode) > 1 else 90).save(out, kind, **options)
    return out.getvalue()


def clean_logo() -> ContentFile:
    """As the form stores it."""
    return clean_image(upload(image()))


def photo_with_place() -> bytes:
    """A JPEG taken upright with the camera turned, which tells where and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Marque secrète"
    exif.get_ifd(PLACE)[1] = "N"
    picture = Image.new("RGB", (80, 40), "red")
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def polyglot() -> bytes:
    """A PNG that is a page of HTML as well: in a comment of the image, and after its end."""
    comment = PngInfo()
    comment.add_text("Comment", SCRIPT.decode())
    return image(pnginfo=comment) + b"<html>" + SCRIPT


def moving_image() -> bytes:
    first, second = (Image.new("RGB", (30, 30), colour) for colour in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, "GIF", save_all=True, append_images=[second], duration=100)
    return out.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """A few kilobytes that would unpack to gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + chunk(b"IEND", b"")
    )


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
