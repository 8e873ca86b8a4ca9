"""Documents that people send each other: told by their first bytes, bounded, only ever downloaded.

Images are written anew (images.py). PDF and office files are kept as they came: they may hold anything,
so they are served as downloads in a sandbox, to those who may read them. Files with macros are refused.
"""

import io
from typing import IO
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .images import clean_image, content_type

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 5_000  # of an office file, which is an archive
IMAGE_SIDE = 2_400  # pixels: a scanned page stays legible
HEAD = 4_096
ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,image/png,image/jpeg,image/webp"
# What an office file holds, by the ending under which it is kept.
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_ENDINGS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}

TOO_HEAVY = _("Ce fichier pèse %(size)s ; %(most)s au plus. Réduisez-le, puis choisissez-le de nouveau.")
UNKNOWN = _("Ce type de fichier n'est pas accepté. Envoyez un PDF, un document Word, Excel, LibreOffice, ou une image.")
MACROS = _("Ce fichier contient des macros, qui sont des programmes : enregistrez-le sans elles, ou en PDF.")


class DocumentField(forms.FileField):
    """A file field whose value is checked and has a name of chance."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"widget": forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs})

    def clean(self, data, initial=None):
        chosen = super().clean(data, initial)
        return clean_document(chosen) if isinstance(chosen, UploadedFile) else chosen


def clean_document(upload: UploadedFile) -> ContentFile:
    """The file as we store it, under a name of chance. Raises ValidationError with a sentence for the person."""
    size = upload.size or 0
    if size > MOST_BYTES:
        said = {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=said)
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if content_type(head).startswith("image/") and not head.startswith(b"%PDF"):
        return clean_image(upload, most_bytes=MOST_BYTES, side=IMAGE_SIDE)
    ending = "pdf" if head.startswith(b"%PDF-") else office_ending(upload)
    upload.seek(0)
    return ContentFile(upload.read(), name=f"{uuid4().hex}.{ending}")


def office_ending(file: IO[bytes]) -> str:
    """By what the archive holds; nothing but a short entry is unpacked."""
    try:
        with ZipFile(io.BytesIO(file.read())) as archive:
            names = set(archive.namelist()[: MOST_ENTRIES + 1])
            if len(names) > MOST_ENTRIES:
                raise ValidationError(UNKNOWN, code="unknown")
            if any(name.rpartition("/")[2].lower() == "vbaproject.bin" or name.startswith("Basic/") for name in names):
                raise ValidationError(MACROS, code="macros")
            found = next((ending for name, ending in OFFICE.items() if name in names), None) or _open_ending(archive)
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        found = None
    if found is None:
        raise ValidationError(UNKNOWN, code="unknown")
    return found


def _open_ending(archive: ZipFile) -> str | None:
    with archive.open("mimetype") as entry:
        kind = entry.read(100).decode("ascii", "replace").strip()
    return OPEN_ENDINGS.get(kind.removeprefix(OPEN_DOCUMENT)) if kind.startswith(OPEN_DOCUMENT) else None
