"""What is printed keeps to French typography, whatever people typed: spaces, quotes, apostrophes, hours, days."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from html import escape, unescape

from django.conf import settings
from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString, mark_safe

NO_BREAK, THIN = "\u00a0", "\u202f"  # before a colon and inside quotes; before ; ! ?
_STEPS = [
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r'"([^"\n]+)"'), rf"«{NO_BREAK}\1{NO_BREAK}»"),
    (re.compile(rf"«[ {NO_BREAK}{THIN}]*"), f"«{NO_BREAK}"),
    (re.compile(rf"[ {NO_BREAK}{THIN}]*»"), f"{NO_BREAK}»"),
    (re.compile(rf"(?<=[\w)»’…%])[ {NO_BREAK}{THIN}]?([;!?]+)(?=[\s)»]|$)"), rf"{THIN}\1"),
    (re.compile(rf"(?<=[\w)»’…%])[ {NO_BREAK}{THIN}]?:(?=\s|$)"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=\d) (?=[€%]|h\b|\d{3}\b)"), NO_BREAK),
]
_TEXT = re.compile(r">([^<]+)<")


@contextmanager
def printed_language() -> Iterator[None]:
    """A programme is the same for everybody, whatever language its reader's screens are in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def french(text: str) -> str:
    for found, written in _STEPS:
        text = found.sub(written, text)
    return text


def french_html(html: str) -> SafeString:
    """The same for what stands between the tags."""
    return mark_safe(_TEXT.sub(lambda match: f">{escape(french(unescape(match[1])), quote=False)}<", html))  # noqa: S308


def day_name(day: date) -> str:
    """vendredi 20 novembre"""
    return _first(formatted(day, "l j F"))


def short_day(day: date) -> str:
    """ven. 20 nov."""
    return _first(formatted(day, "D j M")).lower()


def clock(moment: datetime) -> str:
    """18 h 30, 20 h: in the moment's own zone."""
    minutes = f"{NO_BREAK}{moment:%M}" if moment.minute else ""
    return f"{moment.hour}{NO_BREAK}h{minutes}"


def period(first: date, last: date) -> str:
    """du 20 au 29 novembre, du 28 novembre au 2 décembre 2027"""
    end = _first(formatted(last, "j F"))
    start = _first(formatted(first, "j" if (first.year, first.month) == (last.year, last.month) else "j F"))
    return f"du {start} au {end}"


def _first(written: str) -> str:
    """The first of a month is "1er"; a number never leaves its month."""
    return re.sub(r"\b(\d+|1er) ", rf"\1{NO_BREAK}", re.sub(r"\b1 (?=\w)", "1er ", written))
