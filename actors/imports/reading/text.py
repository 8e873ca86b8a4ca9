"""CSV files, as spreadsheets of this part of the world write them."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .table import MOST_COLUMNS, FileRefusedError, Table, table_of

# The names are translated when a note is written.
SEPARATORS = {";": gettext_lazy("point-virgule"), ",": gettext_lazy("virgule"), "\t": gettext_lazy("tabulation")}
LOOKED_AT = 20  # rows that tell the separator


def read_text(content: bytes) -> Table:
    text, encoding = _decoded(content)
    separator = _separator(text)
    note = _("CSV, %(encoding)s, séparateur : %(separator)s") % {
        "encoding": encoding, "separator": SEPARATORS[separator],
    }  # fmt: skip
    return table_of(_rows(text, separator), note)


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 says so itself: what is not valid UTF-8 comes from an older Windows program."""
    if b"\x00" in content:
        raise FileRefusedError(_("Ce fichier n'est pas du texte : enregistrez-le en « CSV UTF-8 »."))
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(_("Les accents de ce fichier ne sont pas lisibles : enregistrez-le en « CSV UTF-8 »."))


def _separator(text: str) -> str:
    """The one that cuts the headings into most columns, and the rows below into as many."""

    def fitness(separator: str) -> tuple[int, int]:
        widths = [len(cells) for _number, cells in islice(_rows(text, separator), LOOKED_AT) if cells]
        return (min(widths[0], MOST_COLUMNS), widths.count(widths[0])) if widths else (0, 0)

    return max(SEPARATORS, key=fitness)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefusedError(
                _("Ligne %(number)s : le fichier n'est pas lisible. Un guillemet n'est sans doute pas refermé.")
                % {"number": number}
            ) from error
