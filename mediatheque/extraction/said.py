"""What the child says of a file: one JSON object a line."""

from collections.abc import Iterator
from typing import Any

Said = dict[str, Any]
Saying = Iterator[Said]


class ProblemError(Exception):
    """The file cannot be read; `code` is one of enums.Problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def page(number: int, text: str, *, ocr: bool = False) -> Said:
    return {"page": number, "text": text, "ocr": ocr}
