"""Sheets as people would send them, made on the spot."""

import csv
import io
from collections.abc import Sequence
from itertools import count

from openpyxl import Workbook

HEADINGS = ("Nom de la structure", "Type", "Ville", "Code postal", "E-mail", "Site internet", "SIRET")
_numbers = count(1)
SYLLABLES = [first + second for first in "bdfgjklmprstvz" for second in "aeiou"]


def as_csv(rows: Sequence[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def as_xlsx(rows: Sequence[Sequence]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def organisation(**fields: str) -> list[str]:
    """One line that is right, under HEADINGS."""
    number = next(_numbers)
    values = {"name": f"{word_of(number)} solidaire", "kind": "ONG", "city": "Annemasse", "postcode": "74100",
              "email": f"contact@{word_of(number).lower()}.example", "site": "", "siret": "", **fields}  # fmt: skip
    return list(values.values())


def word_of(number: int) -> str:
    """A made-up word of its own for each number, so that no two names look alike."""
    word = ""
    for power in (7919, 104729, 1299709, 15485863, 179424673):
        word += SYLLABLES[(number * power // 97) % len(SYLLABLES)]
    return (word + "xyzkw"[number % 5] + SYLLABLES[number % len(SYLLABLES)]).capitalize()
