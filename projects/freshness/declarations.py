"""What freshness declares to the ground floor: its mails, what it keeps about people and how long."""

from . import mails, personal_data, retention

__all__ = ["mails", "personal_data", "retention"]
