"""The worker's part: a calendar that is due is asked for, read and written.

The row is put off before anything else: who dies in the middle leaves it due again a little later. What is written is
one transaction that holds the row; a second reading of the same finds everything as it was.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .fetching import fetch
from .models import CalendarSource
from .problems import CalendarError
from .reading import read_calendar
from .writing import Reading

logger = logging.getLogger(__name__)
AGAIN_IF_LOST = timedelta(minutes=15)
EACH_DAY = timedelta(hours=23, minutes=30)
MOST_FAILURES = 14  # days in a row; then people must ask for it again
AT_ONCE = 20  # sources of one sweep


def read_source(pk: int) -> None:
    now = timezone.now()
    if not CalendarSource.objects.due(now).filter(pk=pk).order_by().update(due_at=now + AGAIN_IF_LOST):
        return  # somebody else is at it
    source = CalendarSource.objects.get(pk=pk)
    try:
        content, etag, changed = _content(source)
        calendar = read_calendar(content) if content is not None else None
    except CalendarError as error:
        _note_failure(pk, error)
        return
    with transaction.atomic():
        source = CalendarSource.objects.select_for_update().defer("content").get(pk=pk)
        if calendar is not None:
            Reading(source, calendar).write()
            source.etag, source.changed = etag, changed
        source.failures, source.error, source.read_at = 0, {}, timezone.now()
        _put_off(source)


def read_what_is_due() -> int:
    """Take up what a lost message or a dead worker left, and what a day has passed for."""
    keys = list(CalendarSource.objects.due().values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        try:
            read_source(pk)
        except Exception:  # one calendar must not stop the others; its row is due again later
            logger.exception("Calendar %s stopped", pk)
    return len(keys)


def _content(source: CalendarSource) -> tuple[bytes | None, str, str]:
    if source.is_file:
        return bytes(source.content or b""), "", ""
    found = fetch(source.url, etag=source.etag, changed=source.changed)
    return found.content, found.etag, found.changed


@transaction.atomic
def _note_failure(pk: int, error: CalendarError) -> None:
    """What stands here of the calendar stays: a site that is down for a day takes nothing away."""
    source = CalendarSource.objects.select_for_update().defer("content").get(pk=pk)
    source.failures, source.error = source.failures + 1, error.problem.as_json()
    if source.failures >= MOST_FAILURES:
        source.is_active = False
    _put_off(source)


def _put_off(source: CalendarSource) -> None:
    """To tomorrow; a file is read once, and forgotten then."""
    now = timezone.now()
    source.tried_at = now
    source.due_at = now + EACH_DAY if source.is_active and not source.is_file else None
    if source.is_file:
        source.content = None
    source.save()
