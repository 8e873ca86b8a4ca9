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
READ = frozenset(
    "UID SUMMARY DESCRIPTION LOCATION GEO URL STATUS CLASS SEQUENCE LAST-MODIFIED DTSTART DTEND DURATION RRULE RDATE"
    " EXDATE RECURRENCE-ID TZID TZOFFSETFROM TZOFFSETTO X-WR-TIMEZONE X-WR-CALNAME".split()
)


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
    root: Component | None = None
    open_ones: list[Component] = []
    number = 1
    for number, text in _unfolded(content):
        name, value = _boundary(text)
        if name == "BEGIN":
            if len(open_ones) == DEEPEST:
                raise CalendarError("too_deep", number)
            opened = Component(value, number)
            if open_ones:
                open_ones[-1].parts.append(opened)
            elif value == "VCALENDAR":  # some programs write several, one after the other
                root = opened = root or opened
            elif root is None:
                raise CalendarError("not_a_calendar", number)
            open_ones.append(opened)
        elif name == "END":
            if not open_ones or open_ones[-1].name != value:
                raise CalendarError("wrong_end", number, name=value[:40])
            open_ones.pop()
        elif open_ones:
            _keep(open_ones[-1], number, text)
        elif root is None:
            raise CalendarError("not_a_calendar", number)
    if open_ones:
        raise CalendarError("not_ended", number, name=open_ones[-1].name[:40])
    if root is None:
        raise CalendarError("not_a_calendar", 1)
    return root


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
