"""Calendars of actors, read again each day: their events come in as drafts."""
