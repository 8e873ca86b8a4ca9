"""A calendar that was read, into events: new ones as drafts, known ones brought up to date, those that left marked."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.enums import EventState
from events.models import Event, Occurrence
from events.querysets import PUBLIC_EVENTS
from events.recurrence import MOST_DATES as MOST_OF_A_RULE
from events.recurrence import dates, end_of
from events.services import cancel_occurrence, change_occurrence, save_event

from . import fields
from .models import CalendarSource, ImportedEvent
from .problems import Problem
from .reading import Calendar, Entry

MOST_TO_COME = 500  # events of one calendar
MOST_DATES = 4_000  # of all its events together
MOST_PROBLEMS = 100
DATES = "dates"  # beside the fields of an entry: what its calendar said of single dates


class Reading:
    """One reading of one source; called in a transaction that holds the source's row."""

    def __init__(self, source: CalendarSource, calendar: Calendar, now: datetime | None = None) -> None:
        self.source, self.calendar, self.now = source, calendar, now or timezone.now()
        self.problems = list(calendar.problems)
        self.counts = dict.fromkeys(("new", "changed", "same", "past", "gone", "deleted"), 0)
        self.is_complete = True
        self.dates = 0
        entries = ImportedEvent.objects.of_actor(source.actor_id).select_related("event")
        self.known = {(one.uid, one.of_date): one for one in entries}
        uids = [entry.uid for entry in calendar.series]
        self.ours = set(Event.objects.filter(uid__in=uids).values_list("uid", flat=True))

    def write(self) -> None:
        seen = set()
        for entry in self.calendar.series:
            key = entry.uid, _date_key(entry)
            seen.add(key)
            self._take(entry, key)
        if not self.source.is_file and self.is_complete:
            self._mark_gone(seen)
        self.source.name = self.calendar.name
        self.source.problems = [one.as_json() for one in self.problems[:MOST_PROBLEMS]]
        self.source.counts = {**self.counts, "problems": len(self.problems)}

    def _take(self, entry: Entry, key: tuple[str, str]) -> None:
        known = self.known.get(key)
        if entry.uid in self.ours:
            return self._refuse("ours", entry)
        if known is not None and known.event is None:
            return None
        starts = dates(
            entry.start.at, entry.start.zone, entry.rule, added=entry.added, left_out=entry.left_out, now=self.now
        )
        if not starts:
            return self._refuse("no_dates", entry)
        if len(starts) == MOST_OF_A_RULE and starts[-1] < self.now:
            return self._refuse("too_old", entry, most=MOST_OF_A_RULE)
        if known is None and (entry.is_cancelled or self._is_over(entry, starts)):
            self.counts["past"] += not entry.is_cancelled
            return None
        if known is None and not self._has_room(entry, len(starts)):
            return None
        self.dates += len(starts)
        try:
            with transaction.atomic():
                self._write(entry, key, known)
        except ValidationError as error:
            self._refuse("refused", entry, why=" ".join(error.messages)[:200])
        return None

    def _has_room(self, entry: Entry, number: int) -> bool:
        if self.counts["new"] + self.counts["same"] + self.counts["changed"] >= MOST_TO_COME:
            if self.is_complete:
                self.problems.append(Problem("too_many_to_come", entry.number, {"most": MOST_TO_COME}))
            self.is_complete = False
            return False
        if self.dates + number > MOST_DATES:
            self._refuse("too_many_dates", entry, most=MOST_DATES)
            return False
        return True

    def _write(self, entry: Entry, key: tuple[str, str], known: ImportedEvent | None) -> None:
        row = known or ImportedEvent(uid=key[0], of_date=key[1])
        row.source = self.source
        changed_dates = self.calendar.of_dates.get(entry.uid, []) if not entry.of_date else []
        digest = _digest(entry, changed_dates)
        if known is not None and (row.digest == digest or _is_older(entry, row)):
            self.counts["same"] += 1
            if row.gone_at is not None and not entry.is_cancelled:
                row.gone_at = None
                row.save(update_fields=["gone_at", "source"])
            return
        before = row.event.sequence if row.event is not None else 0
        if known is None:
            row.event = self._create(entry)
            self.counts["new"] += 1
        else:
            self._update(entry, row)
            self.counts["changed"] += 1
        assert row.event is not None  # made just above, or known
        said = self._write_dates(row.event, changed_dates, row.values.get(DATES, {}))
        if known is None or row.written == before:
            row.written = Event.objects.values_list("sequence", flat=True).get(pk=row.event.pk)
        row.values, row.digest = {**entry.values, DATES: said}, digest
        row.sequence, row.changed_at = entry.sequence, entry.changed_at
        row.gone_at = (row.gone_at or self.now) if entry.is_cancelled else None
        row.save()

    def _create(self, entry: Entry) -> Event:
        event = Event(organiser=self.source.actor)
        fields.write(event, entry.values)
        event.full_clean(exclude=["slug", "uid", "organiser"])
        return save_event(event=event, co_organisers=[], acting_user=self.source.created_by)

    def _update(self, entry: Entry, row: ImportedEvent) -> None:
        assert row.event is not None  # asked by the caller
        event = row.event = Event.objects.select_for_update().get(pk=row.event.pk)
        take, conflicts = fields.to_take(entry.values, row.values, fields.of_event(event))
        row.conflicts = {name: value for name, value in row.conflicts.items() if name not in take} | conflicts
        if take and event.state != EventState.CANCELLED:
            fields.write(event, take)
            event.full_clean(exclude=["slug", "uid", "organiser"])
            save_event(event=event, acting_user=None)

    def _write_dates(self, event: Event, entries: list[Entry], last: dict[str, list[str]]) -> dict[str, list[str]]:
        """What differs on one date; a date that is over, off, or that people changed here stays as it is.

        Returns what the calendar says of its dates: planned start -> start, end and note, as `last` said it before.
        """
        by_start = {row.planned_at: row for row in event.occurrences.all()} if entries else {}
        said = {}
        for entry in entries:
            row = by_start.get(entry.of_date)  # type: ignore[arg-type]
            if row is None:
                continue
            row.event, name = event, row.planned_at.isoformat()
            now = said[name] = _said(entry.start.at, entry.end, _note(event, entry, row))
            if row.is_cancelled or row.ends_at < self.now or event.state == EventState.CANCELLED:
                continue
            if entry.is_cancelled:
                cancel_occurrence(occurrence=row, note=row.note, acting_user=None)  # type: ignore[arg-type]
            elif now != last.get(name) and _follows(row, last.get(name)) and now != _said_of(row):
                change_occurrence(
                    occurrence=row, starts_at=entry.start.at, ends_at=entry.end, note=now[2],
                    acting_user=None,  # type: ignore[arg-type]
                )  # fmt: skip
        return said

    def _mark_gone(self, seen: set[tuple[str, str]]) -> None:
        """Drafts that nobody touched go with their entry; others are marked, and people decide."""
        for key, row in self.known.items():
            is_there = key in seen or key[0] in self.calendar.unreadable
            if row.source_id != self.source.pk or row.event is None or is_there:
                continue
            if not row.event.occurrences.to_come(self.now).exists():
                continue  # over: calendars forget what is past
            if row.event.state not in PUBLIC_EVENTS and row.event.sequence == row.written:
                event = row.event
                row.delete()
                event.delete()
                self.counts["deleted"] += 1
            elif row.gone_at is None:
                row.gone_at = self.now
                row.save(update_fields=["gone_at"])
                self.counts["gone"] += 1

    def _is_over(self, entry: Entry, starts: list[datetime]) -> bool:
        length = entry.end - entry.start.at
        return end_of(starts[-1], length, entry.start.zone, in_days=False) < self.now

    def _refuse(self, code: str, entry: Entry, **params: Any) -> None:
        self.problems.append(Problem(code, entry.number, {"title": entry.title[:60], **params}))


def _said(starts_at: datetime, ends_at: datetime, note: str) -> list[str]:
    return [starts_at.astimezone(UTC).isoformat(), ends_at.astimezone(UTC).isoformat(), note]


def _said_of(row: Occurrence) -> list[str]:
    return _said(row.starts_at, row.ends_at, row.note)


def _follows(row: Occurrence, last: list[str] | None) -> bool:
    """Nobody changed this date here: it is as planned, or as the calendar said it last."""
    return (row.starts_at == row.planned_at and not row.note) or _said_of(row) == last


def _note(event: Event, entry: Entry, row: Occurrence) -> str:
    """What is other on this date than its time."""
    place = " ".join(str(entry.place[name]) for name in ("place", "address", "postcode", "city")).split()
    here = {*f"{event.place} {event.address} {event.postcode} {event.city}".split()}
    other = [entry.title if entry.title and entry.title != event.title else ""]
    other.append(" ".join(place) if place and not set(place) <= here else "")
    return " · ".join(part for part in other if part)[:300] or row.note


def _is_older(entry: Entry, row: ImportedEvent) -> bool:
    """A copy from before what we have (RFC 5545, 3.8.7.4)."""
    if entry.sequence != row.sequence:
        return entry.sequence < row.sequence
    return bool(entry.changed_at and row.changed_at and entry.changed_at < row.changed_at)


def _digest(entry: Entry, of_dates: list[Entry]) -> str:
    dates = sorted(f"{one.of_date}{one.digest}" for one in of_dates)
    return entry.digest if not dates else f"{entry.digest[:32]}{_short(dates)}"


def _short(texts: list[str]) -> str:
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:32]


def _date_key(entry: Entry) -> str:
    return f"{entry.of_date:%Y%m%dT%H%M%SZ}" if entry.of_date else ""
