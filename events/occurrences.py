"""The dates of an event, kept in step with its first date and its repetition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from .models import Event, Occurrence
from .recurrence import dates, end_of, has_no_end


@dataclass
class Changes:
    """Keys of dates to come whose people must be told."""

    moved: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)


def planned(event: Event, *, now: datetime | None = None) -> list[datetime]:
    """Starts, in UTC, as the event has them."""
    return dates(
        event.starts_at, event.zone, event.rule, added=event.added_dates, left_out=event.left_out_dates, now=now
    )


def refresh(event: Event, *, now: datetime | None = None) -> Changes:
    """Make the rows be the event's dates; called in the transaction of its change, its row locked.

    A date that moved keeps its row, hence who comes. What was said of one date alone stays. Dates that the event has no
    more are deleted, or cancelled where somebody comes; those that are over are left as they are.
    """
    now = now or timezone.now()
    rows = list(event.occurrences.all())
    wanted = planned(event, now=now)
    if rows:  # what is over is over, whatever the event says now
        wanted = [start for start in wanted if _end(event, start) >= now]
    pairs, gone, new = _paired(event, [row for row in rows if row.ends_at >= now], wanted)
    changes = Changes()
    for row, start in pairs:
        end = _end(event, start)
        row.planned_at = start
        if not row.is_moved and (row.starts_at, row.ends_at) != (start, end):
            row.starts_at, row.ends_at = start, end
            changes.moved.append(row.pk)
    Occurrence.objects.bulk_update([row for row, _start in pairs], ["planned_at", "starts_at", "ends_at"])
    empty = [row.pk for row in gone if not row.taken]
    Occurrence.objects.filter(pk__in=empty, taken=0).delete()
    changes.cancelled = [row.pk for row in gone if row.taken and not row.is_cancelled]
    Occurrence.objects.filter(pk__in=changes.cancelled).update(is_cancelled=True)
    Occurrence.objects.bulk_create(
        Occurrence(event=event, planned_at=start, starts_at=start, ends_at=_end(event, start)) for start in new
    )
    return changes


def named(event: Event, text: str) -> Occurrence | None:
    """The date that an address names, by its planned start."""
    try:
        moment = datetime.strptime(text, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    found = event.occurrences.filter(planned_at=moment).first()
    if found is not None:
        found.event = event
    return found


def extend_endless(now: datetime | None = None) -> int:
    """Work out the next dates of repetitions without an end; how many events have one."""
    endless = [pk for pk, rule in Event.objects.exclude(rule="").values_list("pk", "rule") if has_no_end(rule)]
    for pk in endless:
        with transaction.atomic():
            event = Event.objects.select_for_update().filter(pk=pk).first()
            if event is not None:
                refresh(event, now=now)
    return len(endless)


def _end(event: Event, start: datetime) -> datetime:
    return end_of(start, event.duration, event.zone, in_days=event.is_all_day)


def _paired(
    event: Event, rows: list[Occurrence], wanted: list[datetime]
) -> tuple[list[tuple[Occurrence, datetime]], list[Occurrence], list[datetime]]:
    """Rows with the dates they now have, rows without one, dates without a row.

    The same start first; then the same day; then, where as many are left on both sides, one after the other.
    """
    rows = sorted(rows, key=lambda row: row.planned_at)
    pairs: list[tuple[Occurrence, datetime]] = []
    rows, wanted = _take(pairs, rows, wanted, lambda moment: moment)
    rows, wanted = _take(pairs, rows, wanted, lambda moment: moment.astimezone(event.tz).date())
    if len(rows) == len(wanted):
        pairs += zip(rows, wanted, strict=True)
        return pairs, [], []
    return pairs, rows, wanted


def _take(pairs: list, rows: list[Occurrence], wanted: Iterable[datetime], key) -> tuple[list, list]:
    by_key: dict = {}
    for row in rows:
        by_key.setdefault(key(row.planned_at), row)
    left = []
    for start in wanted:
        row = by_key.pop(key(start), None)
        if row is None:
            left.append(start)
        else:
            pairs.append((row, start))
    taken = {row.pk for row, _start in pairs}
    return [row for row in rows if row.pk not in taken], left
