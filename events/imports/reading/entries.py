"""One VEVENT as the agenda understands it: its values, those of other dates, and the lines they stand on."""

import hashlib
import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import nh3
from django.core.exceptions import ValidationError

from coexist.common.printable import printable
from events.forms import LONGEST
from events.recurrence import MOST_DATES, checked_rule, end_of

from ..problems import EventError
from .lines import Component, Line
from .moments import Moment, duration, moment, moments
from .places import place_in
from .zones import Zones

LONGEST_UID = 500
UNTOLD = timedelta(hours=1)  # of an event that says no end
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MARKUP = re.compile(r"</?(p|br|a|b|i|div|span|ul|li|strong|em|html)\b", re.IGNORECASE)
PRIVATE = ("PRIVATE", "CONFIDENTIAL")


@dataclass
class Entry:
    uid: str
    number: int
    title: str
    start: Moment
    end: datetime
    rule: str = ""
    added: list[datetime] = field(default_factory=list)
    left_out: list[datetime] = field(default_factory=list)
    of_date: datetime | None = None  # RECURRENCE-ID
    description: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False
    is_private: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """Fields of an event, as they are compared and kept: moments as text."""
        return {
            "title": self.title,
            "description": self.description,
            **self.place,
            "when": {
                "starts_at": self.start.at.isoformat(),
                "ends_at": self.end.isoformat(),
                "zone": self.start.zone,
                "is_all_day": self.start.is_day,
                "rule": self.rule,
                "added_dates": [one.isoformat() for one in self.added],
                "left_out_dates": [one.isoformat() for one in self.left_out],
            },
        }

    @property
    def digest(self) -> str:
        facts = repr((sorted(self.values.items(), key=lambda pair: pair[0]), self.is_cancelled, self.sequence))
        return hashlib.sha256(facts.encode()).hexdigest()


def read_entry(component: Component, zones: Zones) -> Entry:
    """Raises EventError with the line that cannot be understood."""
    if component.broken is not None:
        raise component.broken
    uid, title = _text(component, "UID").strip(), _text(component, "SUMMARY").strip().replace("\n", " ")
    if not uid:
        raise EventError("no_uid", component.number)
    if len(uid) > LONGEST_UID:
        raise EventError("long_uid", component.number)
    changed, of_date = component.first("LAST-MODIFIED"), component.first("RECURRENCE-ID")
    if of_date is not None and of_date.parameters.get("RANGE"):
        raise EventError("and_following", of_date.number)
    start, end = _span(component, zones, title)
    status = _text(component, "STATUS").strip().upper()
    if not title and status != "CANCELLED":
        raise EventError("no_title", component.number)
    return Entry(
        uid=uid, number=component.number, title=title[:150], start=start, end=end,
        of_date=moment(of_date, zones).at if of_date is not None else None,
        sequence=_number(_text(component, "SEQUENCE")),
        changed_at=moment(changed, zones).at if changed is not None else None,
        is_cancelled=status == "CANCELLED", is_private=_text(component, "CLASS").strip().upper() in PRIVATE,
        description=_description(component),
        place=place_in(_text(component, "LOCATION"), _text(component, "GEO")),
        **_repetition(component, zones, title),
    )  # fmt: skip


def _span(component: Component, zones: Zones, title: str) -> tuple[Moment, datetime]:
    first, last, lasts = (component.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if first is None:
        raise EventError("no_start", component.number, title=title[:60])
    start = moment(first, zones)
    if last is not None:
        end, number = moment(last, zones).at, last.number
    elif lasts is not None:
        end, number = end_of(start.at, duration(lasts), start.zone, in_days=start.is_day), lasts.number
    else:
        length = timedelta(days=1) if start.is_day else UNTOLD
        end, number = end_of(start.at, length, start.zone, in_days=start.is_day), first.number
    if start.is_day and end == start.at:  # some programs say the same day twice
        end = end_of(start.at, timedelta(days=1), start.zone, in_days=True)
    if end < start.at:
        raise EventError("ends_before", number, title=title[:60])
    if end - start.at > LONGEST:
        raise EventError("too_long", number, title=title[:60])
    return start, end


def _repetition(component: Component, zones: Zones, title: str) -> dict[str, Any]:
    rules = component.all("RRULE")
    if len(rules) > 1:
        raise EventError("many_rules", rules[1].number, title=title[:60])
    rule = ""
    if rules:
        try:
            rule = checked_rule(rules[0].value)
        except ValidationError as error:
            raise EventError("rule", rules[0].number, rule=rules[0].value[:80]) from error
    found: dict[str, Any] = {"rule": rule}
    for key, name in (("added", "RDATE"), ("left_out", "EXDATE")):
        lines = component.all(name)
        if sum(line.value.count(",") + 1 for line in lines) > MOST_DATES:
            raise EventError("many_exceptions", lines[0].number, title=title[:60], most=MOST_DATES)
        found[key] = sorted({one.at for line in lines for one in moments(line, zones)})
    return found


def _description(component: Component) -> str:
    text = _text(component, "DESCRIPTION").strip()
    if _MARKUP.search(text):  # Google writes HTML here
        text = re.sub(r"<br\s*/?>|</(p|div|li)>", "\n", text, flags=re.IGNORECASE)
        text = html.unescape(nh3.clean(text, tags=set())).strip()
    address = _text(component, "URL").strip()
    if address.startswith(("https://", "http://")) and address not in text and len(address) <= 500:
        text = f"{text[:5400]}\n\n{address}".strip()
    return text[:6000]


def _text(component: Component, name: str) -> str:
    line: Line | None = component.first(name)
    if line is None:
        return ""
    return printable(_ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], line.value))


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
