"""A calendar's bytes, line by line, to what the agenda understands."""

from .calendar import Calendar, read_calendar
from .entries import Entry

__all__ = ["Calendar", "Entry", "read_calendar"]
