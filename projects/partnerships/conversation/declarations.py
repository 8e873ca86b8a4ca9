"""What threads declare to the ground floor: their files, mails, what they keep about people and how long."""

from . import files, mails, personal_data, retention

__all__ = ["files", "mails", "personal_data", "retention"]
