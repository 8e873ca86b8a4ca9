"""Asking another site for a calendar, and none of our own network for anything."""

from .asking import Answer, fetch

__all__ = ["Answer", "fetch"]
