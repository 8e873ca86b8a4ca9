"""The files of a thread: what may be sent, and who gets it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from coexist.common.uploads.shelves import Shelf, register_shelf

from .models import FOLDER, Attachment

MOST_BYTES = 10_000_000
MOST_FILES = 5
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# By ending, how the file begins; an empty beginning: text, of which nothing is known.
BEGINNINGS = {
    "pdf": b"%PDF-", "odt": ZIP, "ods": ZIP, "odp": ZIP, "docx": ZIP, "xlsx": ZIP, "pptx": ZIP, "doc": OLD_OFFICE,
    "xls": OLD_OFFICE, "ppt": OLD_OFFICE, "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff",
    "webp": b"RIFF", "txt": b"", "csv": b"",
}  # fmt: skip
ENDINGS = ", ".join(BEGINNINGS)


def check(file: UploadedFile) -> None:
    """Raises ValidationError with a sentence that names the file. They are only ever downloaded, never opened here."""
    name = file.name or ""
    beginning = BEGINNINGS.get(name.rpartition(".")[2].lower())
    if beginning is None or not _begins_with(file, beginning):
        raise ValidationError(
            _("« %(name)s » n'est pas d'un type accepté : %(endings)s.") % {"name": name, "endings": ENDINGS}
        )
    if not file.size or file.size > MOST_BYTES:
        raise ValidationError(
            _("« %(name)s » est vide ou dépasse %(most)s.") % {"name": name, "most": filesizeformat(MOST_BYTES)}
        )


def _begins_with(file: UploadedFile, beginning: bytes) -> bool:
    file.seek(0)
    found = file.read(len(beginning))
    file.seek(0)
    return found == beginning


def may_read(user: Any, path: str) -> bool:
    return Attachment.objects.visible_to(user).filter(file=path).exists()


def name_of(path: str) -> str:
    return Attachment.objects.filter(file=path).values_list("name", flat=True).first() or ""


register_shelf(Shelf(FOLDER, "partnerships.Attachment", "file", may_read=may_read, name_of=name_of))
