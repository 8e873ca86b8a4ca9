"""Claiming a file, having it read, writing what is found: one row a page, whoever was killed before.

A claim is a lease: a key and its end in the file's row. Whoever writes shows the key, under the row's lock; a
worker whose lease ran out, because it was killed or slept, finds another key there and writes nothing more. The
next one goes on after the last page that is there.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..derived import refresh
from ..enums import Extraction, FileKind, Problem
from ..models import ResourceFile, ResourcePage
from ..querysets import ResourceFileQuerySet
from ..search.transcripts import transcript_pages
from ..search.words import write_words
from ..subtitles import words_of
from . import running
from .language import LOOKED_AT, language_of
from .limits import Limits
from .said import Said, Saying, page

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3  # without a new page
AT_ONCE = 25  # pages written together
MARGIN = timedelta(seconds=60)  # beside what the child may take
SWEPT = 5  # files of one sweep
COPY = 1_000_000  # bytes at a time
MOST_THUMBNAIL = 1_000_000  # bytes
DUE = (Extraction.WAITING, Extraction.WORKING)


class LeaseLostError(Exception):
    """Another worker has the file."""


def read_file(pk: int, limits: Limits | None = None) -> bool:
    """Read the file `pk`, or go on with it; False where it is done, or another worker has it."""
    limits = limits or Limits()
    lease = uuid4()
    file = _claim(pk, lease, limits)
    if file is None:
        return False
    try:
        _read(file, lease, limits)
    except LeaseLostError:
        logger.info("File %s was taken over", pk)
    return True


def read_due() -> int:
    """Files that wait, or whose worker was killed; returns how many were taken up."""
    keys = _due().order_by("attempts", "pk").values_list("pk", flat=True)[:SWEPT]
    return sum(read_file(pk) for pk in list(keys))


def start_over(file: ResourceFile) -> None:
    """From its first page: the engine changed, or Tesseract is there now."""
    with transaction.atomic():
        ResourcePage.objects.filter(file=file).delete()
        ResourceFile.objects.filter(pk=file.pk).update(
            extraction=Extraction.WAITING, problem=Problem.NONE, error="", attempts=0, lease=None, leased_until=None
        )


def _due() -> ResourceFileQuerySet:
    return ResourceFile.objects.filter(extraction__in=DUE).filter(
        Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    )


@transaction.atomic
def _claim(pk: int, lease: UUID, limits: Limits) -> ResourceFile | None:
    file = _due().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if file is None:
        return None
    if file.attempts >= MOST_ATTEMPTS:
        _end(file, Extraction.FAILED, Problem.TOO_HEAVY, error="three tries without a new page")
        return None
    file.extraction, file.lease, file.attempts = Extraction.WORKING, lease, file.attempts + 1
    file.leased_until = timezone.now() + timedelta(seconds=limits.seconds) + MARGIN
    file.save(update_fields=["extraction", "lease", "attempts", "leased_until"])
    return file


def _read(file: ResourceFile, lease: UUID, limits: Limits) -> None:
    last = file.pages.order_by("-number").values_list("number", flat=True).first() or 0
    with TemporaryDirectory(prefix="coexist-") as name:
        folder = Path(name)
        try:
            path = _fetched(file, folder)
        except OSError as error:
            _fail(file, lease, Problem.LOST, str(error))
            return
        notes = _Notes(file, lease, folder)
        try:
            for said in _saying(file, path, folder, last + 1, limits):
                notes.take(said)
            notes.write()
        except running.ChildError as error:
            notes.write()
            if error.late and notes.written:
                _leave(file, lease)
            else:
                _fail(file, lease, Problem.TOO_HEAVY, str(error))
            return
        if notes.problem in (Problem.ENCRYPTED, Problem.BROKEN, Problem.TOO_HEAVY):
            _fail(file, lease, notes.problem, "")
        else:
            _finish(file, lease, notes.problem)


def _saying(file: ResourceFile, path: Path, folder: Path, start: int, limits: Limits) -> Saying:
    """Subtitles were written anew when they came in: they are read here, in parts, everything else by a child."""
    if file.kind != FileKind.SUBTITLES:
        yield from running.listen(file.kind, path, folder, start, limits)
        return
    parts = transcript_pages(words_of(path.read_text(encoding="utf-8", errors="replace")))
    for number, text in enumerate(parts[start - 1 :], start):
        yield page(number, text)


class _Notes:
    """What the child says, until it is written."""

    def __init__(self, file: ResourceFile, lease: UUID, folder: Path) -> None:
        self.file, self.lease, self.folder = file, lease, folder
        self.pages: list[ResourcePage] = []
        self.found: dict[str, object] = {}
        self.problem: str = Problem.NONE
        self.written = 0

    def take(self, said: Said) -> None:
        if "page" in said:
            text = str(said["text"]).replace("\0", "")
            page = ResourcePage(file=self.file, number=int(said["page"]), text=text, is_ocr=bool(said["ocr"]))
            page.language = language_of(text) or self.file.language
            self.pages.append(page)
        elif "pages" in said:
            self.found["page_count"] = min(int(said["pages"]), 2_000_000)
        elif "duration" in said:
            self.found["duration"] = int(said["duration"])
        elif "thumbnail" in said:
            self._keep_thumbnail(str(said["thumbnail"]))
        elif "problem" in said and not self.problem and said["problem"] in Problem.values:
            self.problem = str(said["problem"])
        if len(self.pages) >= AT_ONCE or "pages" in said or (self.pages and self.pages[-1].is_ocr):
            self.write()

    def write(self) -> None:
        """A page that is there already stays: the same page of the same file."""
        if not self.pages and not self.found:
            return
        with _leased(self.file, self.lease):
            ResourcePage.objects.bulk_create(self.pages, ignore_conflicts=True)
            progress: dict[str, object] = {**self.found, **({"attempts": 0} if self.pages else {})}
            if any(page.is_ocr for page in self.pages):
                progress["has_ocr"] = True
            if progress:
                ResourceFile.objects.filter(pk=self.file.pk).update(**progress)
        self.written += len(self.pages)
        self.pages, self.found = [], {}

    def _keep_thumbnail(self, name: str) -> None:
        path = self.folder / Path(name).name
        if path.is_file() and path.stat().st_size <= MOST_THUMBNAIL:
            content = path.read_bytes()
            if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
                self.found["thumbnail"] = default_storage.save(f"vignettes/{uuid4().hex}.webp", ContentFile(content))


def _fetched(file: ResourceFile, folder: Path) -> Path:
    """A copy of its own, whichever storage holds the file."""
    path = folder / f"file.{file.ending}"
    with file.file.open("rb") as stored, path.open("wb") as copy:
        while chunk := stored.read(COPY):
            copy.write(chunk)
    return path


@contextmanager
def _leased(file: ResourceFile, lease: UUID) -> Iterator[ResourceFile]:
    with transaction.atomic():
        row = ResourceFile.objects.select_for_update().filter(pk=file.pk, lease=lease).first()
        if row is None:
            raise LeaseLostError
        yield row


def _finish(file: ResourceFile, lease: UUID, problem: str = Problem.NONE) -> None:
    with _leased(file, lease) as row:
        sample = _sample(row)
        row.language = row.language or language_of(sample)
        if not problem and row.kind in (FileKind.PDF, FileKind.OFFICE) and not sample.strip():
            problem = Problem.NO_TEXT
        write_words([row.pk])
        _end(row, Extraction.DONE, problem)
    refresh([file.resource_id])


def _fail(file: ResourceFile, lease: UUID, problem: str, error: str) -> None:
    with _leased(file, lease) as row:
        _end(row, Extraction.FAILED, problem, error=error)
    refresh([file.resource_id])


def _leave(file: ResourceFile, lease: UUID) -> None:
    """Its time is over and it went on: the next run goes on from there."""
    with _leased(file, lease) as row:
        row.extraction, row.lease, row.leased_until = Extraction.WAITING, None, None
        row.save(update_fields=["extraction", "lease", "leased_until"])


def _end(row: ResourceFile, extraction: str, problem: str, *, error: str = "") -> None:
    row.extraction, row.problem, row.error = extraction, problem, error[:300]
    row.extracted_at, row.lease, row.leased_until = timezone.now(), None, None
    row.save(update_fields=["extraction", "problem", "error", "extracted_at", "lease", "leased_until", "language"])


def _sample(row: ResourceFile) -> str:
    """The beginning of the text, empty pages passed over."""
    texts = row.pages.exclude(text="").order_by("number").values_list("text", flat=True)[:20]
    return "\n".join(texts)[:LOOKED_AT]
