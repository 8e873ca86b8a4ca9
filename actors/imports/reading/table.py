"""What a file becomes, and how large it may be."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 5_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 32_767  # in one cell: the limit of spreadsheets themselves
MOST_BLANK = 50_000  # rows looked at, blank ones included


class FileRefusedError(Exception):
    """The file is not taken; the message is for the person who sent it."""


@dataclass
class Table:
    """Headings, and lines by their number in the file; `note` says how the file was read."""

    headings: list[str] = field(default_factory=list)
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    note: str = ""


def table_of(rows: Iterable[tuple[int, list[str]]], note: str) -> Table:
    """The first row that is not blank gives the headings; blank ones after it are passed over."""
    table = Table(note=note)
    for number, cells in rows:
        if number > MOST_BLANK:
            raise FileRefusedError(_("Ce fichier a trop de lignes, même vides : copiez le tableau dans un autre."))
        cells = _without_blank_end(cells)
        if cells:
            _check_size(number, cells)
            _add(table, number, cells)
    if not table.lines:
        raise FileRefusedError(_("Ce fichier n'a aucune ligne sous ses titres de colonnes."))
    return table


def _add(table: Table, number: int, cells: list[str]) -> None:
    if not table.headings:
        table.headings = [" ".join(cell.split())[:200] for cell in cells]
        return
    table.lines.append((number, cells))
    if len(table.lines) > MOST_LINES:
        raise FileRefusedError(_("Ce fichier a plus de 5 000 lignes : coupez-le en plusieurs."))


def _check_size(number: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise FileRefusedError(_("Ce fichier a plus de 60 colonnes : ne gardez que celles à importer."))
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise FileRefusedError(_("Ligne %(number)s : une case dépasse 32 767 caractères. Un guillemet n'est sans doute "
                                 "pas refermé.") % {"number": number})  # fmt: skip


def _without_blank_end(cells: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    return cells[: filled[-1] + 1] if filled else []
