"""How much is read, and at what price."""

from dataclasses import dataclass

MOST_PAGES = 2_000
MOST_PAGE_CHARACTERS = 100_000
MOST_CHARACTERS = 20_000_000  # of a whole document
MOST_OCR_PAGES = 150
MOST_ENTRIES = 5_000  # of an office file, which is an archive
MOST_UNPACKED = 80_000_000  # bytes of the parts that are read
LONGEST_LINE = 4_000_000  # bytes of one message of the child
THUMBNAIL = (480, 640)  # pixels


@dataclass(frozen=True)
class Limits:
    """Of one child. `seconds` pass on the wall; `cpu` are seconds of work."""

    seconds: int = 240
    cpu: int = 200
    memory: int = 1_500_000_000  # bytes of address space
    written: int = 30_000_000  # bytes of one file that it writes
    ocr_seconds: int = 40  # for one page
