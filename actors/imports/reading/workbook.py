"""XLSX workbooks. They come from anywhere: measured before they are opened, and read as data only.

openpyxl parses with defusedxml when it is installed (it is): entities and external references are refused.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .table import MOST_COLUMNS, FileRefusedError, Table, table_of

# A sheet of 5,000 lines unpacks to some 15 MB; a bomb to gigabytes.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500


def read_workbook(content: bytes) -> Table:
    _measure(content)
    try:
        return _read(content)
    except FileRefusedError:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl fail in any of a dozen ways
        raise _unreadable() from error


def _measure(content: bytes) -> None:
    """Refuse bombs and macros by the list of parts, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefusedError(
            _("Ce classeur est trop gros une fois ouvert : copiez le tableau dans un classeur neuf.")
        )
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        raise FileRefusedError(_("Les classeurs à macros ne sont pas admis : enregistrez-le en XLSX."))
    if "xl/workbook.xml" not in names:
        raise _unreadable()


def _read(content: bytes) -> Table:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise FileRefusedError(_("Ce classeur n'a aucune feuille visible."))
        sheet = sheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        note = _("XLSX, feuille « %(sheet)s »") % {"sheet": sheet.title[:60]}
        return table_of(_rows(sheet), note)
    finally:
        workbook.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        yield number, [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    """A cell as a person reads it; whole numbers without a decimal point, dates as ISO writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    # Neither may be stored: NUL and halves of characters.
    return str(value).replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _unreadable() -> FileRefusedError:
    return FileRefusedError(_("Ce classeur n'est pas lisible : enregistrez-le de nouveau en XLSX."))
