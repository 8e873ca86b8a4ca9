"""What people send, told by its first bytes: what it is, how heavy it may be, under which ending it is kept."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from coexist.common.uploads.documents import office_ending
from coexist.common.uploads.images import clean_image, content_type

from .enums import FileKind
from .subtitles import NotSubtitlesError, as_webvtt

MEGABYTE = 1024 * 1024
MOST_BYTES: dict[str, int] = {
    FileKind.PDF: 60 * MEGABYTE, FileKind.OFFICE: 30 * MEGABYTE, FileKind.IMAGE: 15 * MEGABYTE,
    FileKind.AUDIO: 150 * MEGABYTE, FileKind.VIDEO: 400 * MEGABYTE, FileKind.SUBTITLES: MEGABYTE,
}  # fmt: skip
LARGEST = max(MOST_BYTES.values())
KEPT = LARGEST + MEGABYTE  # of one file, while it comes in
IMAGE_SIDE = 2_400  # pixels
HEAD = 4_096
LONGEST_NAME = 150
ACCEPTED = (
    ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.webp,.mp3,.m4a,.ogg,.oga,.opus,.flac,.wav,.mp4,.m4v,.webm,"
    ".vtt,.srt"
)
# What players are told, by ending.
PLAYED = {
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg",
    "flac": "audio/flac", "wav": "audio/wav", "vtt": "text/vtt; charset=utf-8",
}  # fmt: skip
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
AUDIO_BRANDS = (b"M4A ", b"M4B ")
VIDEO_BRANDS = (
    b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash",
)  # fmt: skip

EMPTY = _("Ce fichier est vide.")
TOO_HEAVY = _("Ce fichier pèse %(size)s ; %(most)s au plus pour ce type (%(kind)s).")
OLD = _("Ce document est d'un ancien format, ou protégé par un mot de passe : enregistrez-le en PDF, ou dans un format "
        "récent (DOCX, ODT…) sans mot de passe.")  # fmt: skip
UNKNOWN = _("Ce type de fichier n'est pas accepté. Envoyez un PDF, un document Word, Excel, PowerPoint ou LibreOffice "
            "récent, une image, un son (MP3, M4A, OGG, FLAC, WAV), une vidéo (MP4, WebM) ou des sous-titres "
            "(VTT, SRT).")  # fmt: skip
NOT_SUBTITLES = _("Ces sous-titres ne se lisent pas : envoyez un fichier WebVTT (.vtt) ou SubRip (.srt).")


@dataclass(frozen=True)
class Prepared:
    """A file as it will be stored."""

    content: File
    name: str  # as the person called it
    kind: str
    ending: str
    size: int
    sha256: str


def prepared(upload: UploadedFile) -> Prepared:
    """Raises ValidationError with a sentence for the person."""
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    kind, ending = _told_by(head)
    _refuse_heavy(upload.size, kind)
    content: Any = upload
    if kind == FileKind.OFFICE:
        ending = office_ending(upload)
    elif kind == FileKind.IMAGE:
        content, ending = clean_image(upload, most_bytes=MOST_BYTES[kind], side=IMAGE_SIDE), "webp"
    elif kind == FileKind.SUBTITLES:
        content = ContentFile(_subtitles(upload.read()))
    name = _shown_name(upload.name or "", ending)
    content.name = f"{uuid4().hex}.{ending}"
    return Prepared(content, name, kind, ending, content.size, _sha256(content))


def _told_by(head: bytes) -> tuple[str, str]:
    for start, kind, ending in _BEGINNINGS:
        if head.startswith(start):
            return kind, ending
    if head[4:8] == b"ftyp":
        return _mp4(head[8:12])
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return FileKind.AUDIO, "wav"
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return FileKind.VIDEO, "webm"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:  # a frame of MPEG audio, layer III
        return FileKind.AUDIO, "mp3"
    if head.startswith(OLD_OFFICE):
        raise ValidationError(OLD, code="old")
    if content_type(head) in ("image/png", "image/jpeg", "image/webp"):
        return FileKind.IMAGE, "webp"
    if _SUBTITLES.match(head):
        return FileKind.SUBTITLES, "vtt"
    raise ValidationError(UNKNOWN, code="unknown")


_BEGINNINGS = (
    (PDF, FileKind.PDF, "pdf"), (ZIP, FileKind.OFFICE, ""), (b"ID3", FileKind.AUDIO, "mp3"),
    (b"OggS", FileKind.AUDIO, "ogg"), (b"fLaC", FileKind.AUDIO, "flac"),
)  # fmt: skip
_SUBTITLES = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:WEBVTT|\d+\s*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{3} -->)")


def _mp4(brand: bytes) -> tuple[str, str]:
    if brand in AUDIO_BRANDS:
        return FileKind.AUDIO, "m4a"
    if brand in VIDEO_BRANDS:
        return FileKind.VIDEO, "mp4"
    raise ValidationError(UNKNOWN, code="unknown")


def _refuse_heavy(size: int, kind: str) -> None:
    most = MOST_BYTES[kind]
    if size > most:
        said = {"size": filesizeformat(size), "most": filesizeformat(most), "kind": FileKind(kind).label}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=said)


def _subtitles(content: bytes) -> bytes:
    try:
        return as_webvtt(content).encode()
    except NotSubtitlesError as error:
        raise ValidationError(NOT_SUBTITLES, code="not_subtitles") from error


def _shown_name(name: str, ending: str) -> str:
    """For the reader's machine: the name given, the ending that is true."""
    stem = re.sub(r"[^\w .,()'&+-]", "_", PurePath(name.replace("\\", "/")).stem).strip(" .") or "document"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(content):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _chunks(content: File) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(MEGABYTE):
        yield chunk
