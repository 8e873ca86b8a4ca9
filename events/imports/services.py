"""What people do with the calendars of their actor."""

from django.db import transaction
from django.utils import timezone

from actors.models import Actor, User
from coexist.common.jobs import enqueue_on_commit
from events.enums import EventState
from events.models import Event
from events.querysets import PUBLIC_EVENTS
from events.services import save_event

from . import fields, tasks
from .models import CalendarSource, ImportedEvent

MOST_SOURCES = 5


@transaction.atomic
def add_address(*, actor: Actor, url: str, acting_user: User) -> CalendarSource:
    """The same address given twice is one calendar, read again."""
    source, _new = CalendarSource.objects.get_or_create(actor=actor, url=url, defaults={"created_by": acting_user})
    ask_reading(source=source, acting_user=acting_user)
    return source


@transaction.atomic
def add_file(*, actor: Actor, name: str, content: bytes, acting_user: User) -> CalendarSource:
    """An actor's files are one calendar: what was in an earlier one is known again."""
    source, _new = CalendarSource.objects.get_or_create(actor=actor, url="", defaults={"created_by": acting_user})
    CalendarSource.objects.filter(pk=source.pk).update(file_name=name[-200:], content=content)
    ask_reading(source=source, acting_user=acting_user)
    return source


@transaction.atomic
def ask_reading(*, source: CalendarSource, acting_user: User) -> None:
    """Due now: the row says so, the worker is told. Everything is read anew, whatever the site says of its age."""
    now = timezone.now()
    CalendarSource.objects.filter(pk=source.pk).update(
        due_at=now, asked_at=now, is_active=True, failures=0, etag="", changed=""
    )
    enqueue_on_commit(tasks.read, source.pk)


@transaction.atomic
def stop(*, source: CalendarSource, acting_user: User) -> None:
    """Read no more; its events stay, and are known again if it is taken up later."""
    CalendarSource.objects.filter(pk=source.pk).update(is_active=False, due_at=None)


@transaction.atomic
def drop_draft(*, entry: ImportedEvent, acting_user: User) -> bool:
    """Delete the draft, for good: the calendar does not bring it back. False where it is public, or gone already."""
    locked, event = _locked(entry)
    if event is None or event.state in PUBLIC_EVENTS:
        return False
    locked.event, locked.gone_at, locked.conflicts = None, None, {}
    locked.save(update_fields=["event", "gone_at", "conflicts"])
    event.delete()
    return True


@transaction.atomic
def make_ours(*, entry: ImportedEvent, acting_user: User) -> bool:
    """Keep the event and forget where it came from."""
    locked, event = _locked(entry)
    locked.delete()
    return event is not None


@transaction.atomic
def take_theirs(*, entry: ImportedEvent, acting_user: User) -> bool:
    """Where both sides changed, the calendar is right."""
    locked, event = _locked(entry)
    if event is None or not locked.conflicts or event.state == EventState.CANCELLED:
        return False
    fields.write(event, locked.conflicts)
    save_event(event=event, acting_user=acting_user)
    locked.conflicts, locked.written = {}, event.sequence
    locked.save(update_fields=["conflicts", "written"])
    return True


@transaction.atomic
def keep_ours(*, entry: ImportedEvent, acting_user: User) -> bool:
    """Where both sides changed, we are right; asked again when the calendar changes once more."""
    locked, _event = _locked(entry)
    had = bool(locked.conflicts)
    locked.conflicts = {}
    locked.save(update_fields=["conflicts"])
    return had


def _locked(entry: ImportedEvent) -> tuple[ImportedEvent, Event | None]:
    """The calendar's row first, as a reading does."""
    CalendarSource.objects.select_for_update().defer("content").get(pk=entry.source_id)
    locked = ImportedEvent.objects.select_for_update().get(pk=entry.pk)
    event = Event.objects.select_for_update().filter(pk=locked.event_id).first() if locked.event_id else None
    return locked, event
