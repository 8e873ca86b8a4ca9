"""Images that people send, written anew: what we store holds pixels and nothing else.

A file that is an image and something besides (a script, an archive, where a photo was taken) loses
the rest, because only its decoded pixels go into the stored file.
"""

import io
from typing import IO, Any
from uuid import uuid4

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000  # of a good camera; decoded in RGBA they take 160 MB for a moment
LARGEST_SIDE = 1_000  # pixels of the stored image
HEAD = 4_096  # bytes read to tell what a file is
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
QUALITY = 88

TOO_HEAVY = _("Ce fichier pèse %(size)s ; %(most)s au plus. Réduisez l'image, puis choisissez-la de nouveau.")
TOO_LARGE = _("Cette image compte %(width)s × %(height)s pixels, c'est trop pour être lue. 2 000 de large suffisent.")
NOT_AN_IMAGE = _("Ce fichier n'est pas une image que nous pouvons lire. Envoyez un PNG, un JPEG ou un WebP.")
IS_SVG = _("Les images SVG peuvent contenir des programmes : exportez la vôtre en PNG, puis envoyez-la.")
DAMAGED = _("Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la de nouveau, puis renvoyez-la.")


def clean_image(upload: UploadedFile, *, most_bytes: int = MOST_BYTES, side: int = LARGEST_SIDE) -> ContentFile:
    """The image as we store it: WebP, upright, at most `side` pixels on each side, under a name of chance.

    Raises ValidationError with a sentence for the person. Of a moving image the first picture stays.
    """
    _refuse_by_size(upload, most_bytes)
    _refuse_by_content(upload)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            _refuse_by_pixels(image)
            return ContentFile(_written_anew(image, side), name=f"{uuid4().hex}.webp")
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(NOT_AN_IMAGE, code="too_large") from None
    except Exception as error:  # decoders of hostile files fail in every way there is
        raise ValidationError(DAMAGED, code="damaged") from error


def _refuse_by_size(upload: UploadedFile, most_bytes: int) -> None:
    size = upload.size or 0
    if size > most_bytes:
        said = {"size": filesizeformat(size), "most": filesizeformat(most_bytes)}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=said)


def _refuse_by_content(upload: UploadedFile) -> None:
    """Neither the name nor what the browser says counts: only the first bytes."""
    head = _head(upload)
    if b"<svg" in head.lower():
        raise ValidationError(IS_SVG, code="svg")
    if not content_type(head).startswith("image/"):
        raise ValidationError(NOT_AN_IMAGE, code="not_an_image")


def content_type(head: bytes) -> str:
    """What a file is by its first bytes; "" where nothing is recognised."""
    try:
        return puremagic.from_string(head, mime=True) or ""
    except (puremagic.PureError, ValueError):
        return ""


def _head(file: IO[Any]) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def _refuse_by_pixels(image: Image.Image) -> None:
    """Known from the header, before anything is unpacked: a small file may unpack to gigabytes."""
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(TOO_LARGE, code="too_large", params={"width": image.width, "height": image.height})


def _written_anew(image: Image.Image, side: int) -> bytes:
    image.draft("RGB", (side, side))  # a JPEG is unpacked near the size that is kept
    upright = ImageOps.exif_transpose(image)
    clear = "transparency" in upright.info or "A" in upright.getbands()
    pixels = upright.convert("RGBA" if clear else "RGB")
    pixels.thumbnail((side, side), Image.Resampling.LANCZOS)
    pixels.info.clear()
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
