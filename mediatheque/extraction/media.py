"""How long a sound or a video lasts: by ffprobe where it is installed, else by what the file says of itself."""

import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tinytag import TinyTag

from . import said
from .limits import Limits

LONGEST = 7 * 24 * 3600  # seconds; more is a wrong figure
_EBML_SEGMENT, _EBML_INFO, _EBML_SCALE, _EBML_DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489


def read(path: Path, folder: Path, start: int, limits: Limits) -> said.Saying:
    seconds = _by_ffprobe(path) or duration_of(path)
    if seconds is None:
        raise said.ProblemError("broken")
    if 0 < seconds <= LONGEST:
        yield {"duration": max(1, round(seconds))}


def duration_of(path: Path) -> float | None:
    """Seconds; 0 where a whole file does not tell; None for one that cannot be read."""
    with path.open("rb") as file:
        head = file.read(12)
        file.seek(0)
        try:
            if head[4:8] == b"ftyp":
                return _of_mp4(file, path.stat().st_size)
            if head[:4] == b"\x1aE\xdf\xa3":
                return _of_webm(file, path.stat().st_size)
        except (ValueError, IndexError, OverflowError):
            return None
    try:
        return TinyTag.get(str(path), tags=False).duration or 0.0
    except Exception:  # readers of hostile files fail in every way there is
        return None


def _by_ffprobe(path: Path) -> float | None:
    program = shutil.which("ffprobe")
    if program is None:
        return None
    command = [program, "-v", "error", "-protocol_whitelist", "file", "-show_entries", "format=duration", "-of",
               "default=noprint_wrappers=1:nokey=1", str(path)]  # fmt: skip
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
        return float(found.stdout.strip())
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _boxes(file: IO[bytes], end: int) -> Iterator[tuple[bytes, int]]:
    """Boxes of MP4 (ISO 14496-12) from here to `end`: type and where each ends; the caller reads their beginning."""
    while file.tell() + 8 <= end:
        start = file.tell()
        size, kind = int.from_bytes(file.read(4)), file.read(4)
        if size == 1:
            size = int.from_bytes(file.read(8))
        ends = end if size == 0 else start + size
        if ends <= start or ends > end:
            raise ValueError("a box goes beyond its file")
        yield kind, ends
        file.seek(ends)


def _of_mp4(file: IO[bytes], size: int) -> float:
    for kind, ends in _boxes(file, size):
        if kind != b"moov":
            continue
        for inner, _end in _boxes(file, ends):
            if inner == b"mvhd":
                wide = file.read(4)[0] == 1
                file.seek(16 if wide else 8, 1)
                scale, length = int.from_bytes(file.read(4)), int.from_bytes(file.read(8 if wide else 4))
                return length / scale if scale else 0.0
    raise ValueError("no moov, or no mvhd in it")


def _number(file: IO[bytes], *, keep_mark: bool) -> int:
    """A number of EBML (RFC 8794), whose first byte tells its length; -1 for a size that is not known."""
    first = file.read(1)
    if not first or not first[0]:
        raise ValueError("not EBML")
    length = 9 - first[0].bit_length()
    raw = first + file.read(length - 1)
    value = int.from_bytes(raw)
    if keep_mark:
        return value
    bits = 7 * length
    value &= (1 << bits) - 1
    return -1 if value == (1 << bits) - 1 else value


def _elements(file: IO[bytes], end: int) -> Iterator[tuple[int, int]]:
    while file.tell() < end:
        kind, size = _number(file, keep_mark=True), _number(file, keep_mark=False)
        ends = end if size < 0 else file.tell() + size
        yield kind, min(ends, end)
        file.seek(min(ends, end))


def _of_webm(file: IO[bytes], size: int) -> float:
    for kind, ends in _elements(file, size):
        if kind != _EBML_SEGMENT:
            continue
        for inner, inner_ends in _elements(file, ends):
            if inner == _EBML_INFO:
                return _of_webm_info(file, inner_ends)
        return 0.0
    raise ValueError("no segment")


def _of_webm_info(file: IO[bytes], end: int) -> float:
    scale, length = 1_000_000, 0.0
    for kind, ends in _elements(file, end):
        raw = file.read(min(ends - file.tell(), 8))
        if kind == _EBML_SCALE:
            scale = int.from_bytes(raw)
        elif kind == _EBML_DURATION and len(raw) in (4, 8):
            length = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0]
    return length * scale / 1e9
