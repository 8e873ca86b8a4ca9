"""The text of office files, read in their archive: bounded, and by a parser that takes no entities.

A page is a slide, a sheet, or what stands between two page breaks that the file tells of.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from . import said
from .limits import MOST_ENTRIES, MOST_PAGE_CHARACTERS, MOST_PAGES, MOST_UNPACKED, Limits
from .text import cleaned

BREAK = "\f"
# Elements, without their namespaces, after which a line ends; those that stand for one character.
LINES = {"p", "h", "tr", "br", "cr", "row", "table-row", "line-break"}
SIGNS = {"tab": "\t", "s": " ", "noBreakHyphen": "-", "soft-hyphen": ""}
# Of OpenDocument: what is a page, by the end of its media type.
OPEN_PAGES = {"presentation": "page", "spreadsheet": "table"}
NUMBER = re.compile(r"(\d+)\.xml$")


def read(path: Path, folder: Path, start: int, limits: Limits) -> said.Saying:
    try:
        with ZipFile(path) as archive:
            if len(archive.namelist()) > MOST_ENTRIES:
                raise said.ProblemError("too_heavy")
            yield from _pages(archive, start)
    except (BadZipFile, KeyError, ParseError, DefusedXmlException, EOFError, NotImplementedError) as error:
        raise said.ProblemError("broken") from error
    except RuntimeError as error:  # zipfile's word for an entry with a password
        raise said.ProblemError("encrypted") from error


def _pages(archive: ZipFile, start: int) -> said.Saying:
    budget, shown = _Budget(), 0
    for number, text in enumerate(_texts(archive, budget), 1):
        if number > MOST_PAGES:
            yield {"problem": "too_many_pages"}
            break
        shown = number
        if number >= start:
            yield said.page(number, cleaned(text[:MOST_PAGE_CHARACTERS]))
    if shown > 1:
        yield {"pages": shown}


class _Budget:
    """Bytes that may still be unpacked, of the whole file."""

    def __init__(self) -> None:
        self.left = MOST_UNPACKED

    def opened(self, archive: ZipFile, name: str) -> "_Bounded":
        return _Bounded(archive.open(name), self)


class _Bounded:
    def __init__(self, entry: Any, budget: _Budget) -> None:
        self.entry, self.budget = entry, budget

    def read(self, size: int = -1) -> bytes:
        found = self.entry.read(size if size > 0 else 65_536)
        self.budget.left -= len(found)
        if self.budget.left < 0:
            raise said.ProblemError("too_heavy")
        return found


def _texts(archive: ZipFile, budget: _Budget) -> Iterable[str]:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return _document(budget.opened(archive, "word/document.xml"))
    if "ppt/presentation.xml" in names:
        slides = _numbered(names, "ppt/slides/slide")
        return ("".join(_strings(budget.opened(archive, name), {"t"})) for name in slides)
    if "xl/workbook.xml" in names:
        return _workbook(archive, names, budget)
    with archive.open("mimetype") as entry:
        kind = entry.read(100).decode("ascii", "replace").strip().rpartition(".")[2]
    return _open_document(budget.opened(archive, "content.xml"), OPEN_PAGES.get(kind, ""))


def _numbered(names: set[str], beginning: str) -> list[str]:
    found = [(int(number[1]), name) for name in names if name.startswith(beginning) and (number := NUMBER.search(name))]
    return [name for _number, name in sorted(found)]


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _strings(file: _Bounded, of: set[str]) -> Iterator[str]:
    """The text of these elements, lines ended where the document ends them; nothing read is kept."""
    for _event, element in iterparse(file, forbid_dtd=True):
        name = _local(element)
        if name in of and element.text:
            yield element.text
        if name in SIGNS:
            yield SIGNS[name]
        if name in LINES:
            yield "\n"
        if name == "lastRenderedPageBreak" or (name == "br" and _attribute(element, "type") == "page"):
            yield BREAK
        element.clear()


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _document(file: _Bounded) -> Iterator[str]:
    """A written page break is often followed by the same one as it was laid out."""
    page: list[str] = []
    for text in _strings(file, {"t"}):
        if text != BREAK:
            page.append(text)
        elif any(part.strip() for part in page):
            yield "".join(page)
            page = []
    yield "".join(page)


def _workbook(archive: ZipFile, names: set[str], budget: _Budget) -> Iterator[str]:
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        shared = _shared(budget.opened(archive, "xl/sharedStrings.xml"))
    for name in _numbered(names, "xl/worksheets/sheet"):
        yield _sheet(budget.opened(archive, name), shared)


def _shared(file: _Bounded) -> list[str]:
    found, parts = [], []
    for _event, element in iterparse(file, forbid_dtd=True):
        name = _local(element)
        if name == "t":
            parts.append(element.text or "")
        elif name == "si":
            found.append("".join(parts))
            parts = []
            element.clear()
    return found


def _sheet(file: _Bounded, shared: list[str]) -> str:
    out, length = [], 0
    for _event, element in iterparse(file, forbid_dtd=True):
        name = _local(element)
        if name == "c":
            value = _cell(element, shared)
            length += len(value)
            if length <= MOST_PAGE_CHARACTERS:
                out.append(value)
        elif name == "row":
            out.append("\n")
        if name in ("c", "row"):
            element.clear()
    return " ".join(out).replace(" \n ", "\n")


def _cell(element: Any, shared: list[str]) -> str:
    text = "".join(part.text or "" for part in element.iter() if _local(part) in ("v", "t"))
    if element.get("t") == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    return text


def _open_document(file: _Bounded, page: str) -> Iterator[str]:
    """ODF mixes text and elements: what stands before an element, in it, after it. `page` is the element of one."""
    out: list[str] = []
    depth_of_text, pages = 0, 0
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        name = _local(element)
        if event == "start":
            depth_of_text += name in ("p", "h")
            continue
        if name in ("p", "h"):
            depth_of_text -= 1
            if depth_of_text == 0:
                out += [_mixed(element), "\n"]
                element.clear()
        elif name == page and depth_of_text == 0:
            pages += 1
            yield "".join(out)
            out = []
            element.clear()
    if out or not pages:
        yield "".join(out)


def _mixed(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        name = _local(child)
        parts.append(SIGNS.get(name, "\n" if name == "line-break" else ""))
        parts += [_mixed(child), child.tail or ""]
    return "".join(parts)
