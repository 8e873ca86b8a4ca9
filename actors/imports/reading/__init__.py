"""From the bytes of a file to rows of texts, or one sentence that says why not."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from .table import MOST_BYTES, FileRefusedError, Table
from .text import read_text
from .workbook import read_workbook

__all__ = ["MOST_BYTES", "FileRefusedError", "Table", "read_table"]

_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_TEXT_NAMES = (".csv", ".txt", ".tsv")


def read_table(name: str, content: bytes) -> Table:
    """Headings and lines of an XLSX workbook or a CSV file; FileRefusedError tells a person what to do instead.

    What the file is shows in its first bytes; its name must agree.
    """
    if not content.strip():
        raise FileRefusedError(_("Ce fichier est vide."))
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("Ce fichier dépasse 5 Mo : coupez-le en plusieurs."))
    suffix = PurePath(name.lower()).suffix
    if content.startswith(_OLD_OFFICE) or suffix == ".xls":
        raise FileRefusedError(_("Ce classeur est d'un ancien format, ou protégé par un mot de passe : enregistrez-le "
                                 "en XLSX, sans mot de passe."))  # fmt: skip
    if suffix in (".xlsm", ".xltm", ".xlsb"):
        raise FileRefusedError(_("Les classeurs à macros ne sont pas admis : enregistrez-le en XLSX."))
    if content.startswith(_ZIP) and suffix == ".xlsx":
        return read_workbook(content)
    if suffix in _TEXT_NAMES and not content.startswith((_ZIP, _PDF)):
        return read_text(content)
    raise FileRefusedError(_("Seuls les fichiers XLSX et CSV sont admis : celui-ci n'est ni l'un ni l'autre."))
