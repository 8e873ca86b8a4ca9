"""Bytes to numbered lines, lines to nested components; bounded before anything is understood (RFC 5545, 3.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..problems import CalendarError, EventError

MOST_LINES = 150_000
LONGEST_LINE = 60_000  # characters, once unfolded
DEEPEST = 6
_VALUE = r"(?:\"[^\"]*\"|[^\";:])*"
_LINE = re.compile(rf"([A-Za-z0-9-]{{1,60}})((?:;[A-Za-z0-9-]{{1,60}}={_VALUE})*):(.*)", re.DOTALL)
_PARAMETER = re.compile(rf";([A-Za-z0-9-]{{1,60}})=({_VALUE})")
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})[;:]")
# What the agenda reads; a line of another name may be as odd as it likes.
READ = {
    "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "STATUS", "CLASS", "SEQUENCE", "LAST-MODIFIED",
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
    "X-WR-TIMEZONE", "X-WR-CALNAME",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Component:
    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    broken: EventError | None = None  # the first line that cannot be read

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)


def components(content: bytes) -> Component:
    """The VCALENDAR, with what stands in it."""
    tree = _Tree()
    number = 1
    for number, text in _unfolded(content):
        name, value = _boundary(text)
        if name == "BEGIN":
            tree.begin(number, value)
        elif name == "END":
            tree.end(number, value)
        else:
            tree.keep(number, text)
    return tree.whole(number)


class _Tree:
    """What is open at a line, innermost last."""

    def __init__(self) -> None:
        self.root: Component | None = None
        self.open: list[Component] = []

    def begin(self, number: int, name: str) -> None:
        if len(self.open) == DEEPEST:
            raise CalendarError("too_deep", number)
        if self.open:
            opened = Component(name, number)
            self.open[-1].parts.append(opened)
        elif name == "VCALENDAR":  # some programs write several, one after the other
            self.root = opened = self.root or Component(name, number)
        else:
            raise CalendarError("not_a_calendar", number)
        self.open.append(opened)

    def end(self, number: int, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            raise CalendarError("wrong_end", number, name=name[:40])
        self.open.pop()

    def keep(self, number: int, text: str) -> None:
        if self.open:
            _keep(self.open[-1], number, text)
        elif self.root is None:
            raise CalendarError("not_a_calendar", number)

    def whole(self, number: int) -> Component:
        if self.open:
            raise CalendarError("not_ended", number, name=self.open[-1].name[:40])
        if self.root is None:
            raise CalendarError("not_a_calendar", 1)
        return self.root


def _keep(component: Component, number: int, text: str) -> None:
    name = _NAME.match(text)
    if name is not None and name[1].upper() not in READ:
        return
    try:
        component.lines.append(_line(number, text))
    except EventError as error:
        component.broken = component.broken or error


def _line(number: int, text: str) -> Line:
    if len(text) > LONGEST_LINE:
        raise EventError("long_line", number, most=LONGEST_LINE)
    found = _LINE.fullmatch(text)
    if found is None:
        raise EventError("no_colon", number, text=text[:60])
    parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(found[2])}
    return Line(number, found[1].upper(), parameters, found[3])


def _boundary(text: str) -> tuple[str, str]:
    name, colon, value = text[:80].partition(":")
    name = name.strip().upper()
    return (name, value.strip().upper()) if colon and name in ("BEGIN", "END") else ("", "")


def _unfolded(content: bytes) -> Iterator[tuple[int, str]]:
    """Lines with the number of their first one; those that begin with a space go on from the one before."""
    physical = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if len(physical) > MOST_LINES:
        raise CalendarError("too_many_lines", most=MOST_LINES)
    pieces: list[bytes] = []
    first = 1
    for number, raw in enumerate(physical, start=1):
        if raw[:1] in (b" ", b"\t") and pieces:
            pieces.append(raw[1:])
            continue
        if pieces:
            yield first, _text(first, pieces)
        pieces, first = ([raw], number) if raw.strip() else ([], number)
    if pieces:
        yield first, _text(first, pieces)


def _text(number: int, pieces: list[bytes]) -> str:
    """Joined first: a fold may stand in the middle of a letter."""
    try:
        return b"".join(pieces).decode()
    except UnicodeDecodeError as error:
        before, at = 0, number
        for piece in pieces:
            if before + len(piece) > error.start:
                break
            before, at = before + len(piece), at + 1
        raise CalendarError("encoding", at) from error
