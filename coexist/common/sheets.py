"""Sheets that leave the site: what spreadsheets open without asking, and never run."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook

from .printable import printable

BOM = b"\xef\xbb\xbf"  # tells spreadsheets that the text is UTF-8
MOST_CHARACTERS = 32_767  # in one cell of a spreadsheet
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV Injection).
_FORMULA = re.compile(r"[' ]*[=+\-@\t\r\n＝＋－＠]")


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what would start a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text of a cell as it stood before `harmless`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with its mark and semicolons, a line at a time: what a French spreadsheet opens without asking."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield BOM
    for row in rows:
        writer.writerow([_cell(text) for text in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def as_workbook(rows: Iterable[Sequence[str]], title: str) -> IO[bytes]:
    """A temporary file, open at its start; closing it forgets it. Never whole in memory."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append([_cell(text) for text in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.save(file)
    file.seek(0)
    return file


def _cell(text: str) -> str:
    """Printable, harmless, and no longer than a cell can hold."""
    return harmless(printable(text))[:MOST_CHARACTERS]
