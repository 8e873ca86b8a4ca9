"""The animators' admin: what waits for a decision comes first. One file per thing."""

from . import actors, offers, people, reasons, skills, work

__all__ = ["actors", "offers", "people", "reasons", "skills", "work"]
