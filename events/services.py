"""Writing events: keeping, publishing, cancelling; one date or all."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor, User
from coexist.common.history import recorded
from coexist.common.places import place_of
from coexist.common.slugs import free_slug
from coexist.common.territories import reach_of

from .enums import EventState
from .models import Event, Occurrence
from .occurrences import Changes, refresh
from .signals import event_changed, event_published, event_saved

WHERE = ("place", "address", "postcode", "city", "country", "online_url")


@transaction.atomic
def save_event(*, event: Event, co_organisers: Iterable[Actor] | None = None, acting_user: User | None) -> Event:
    """Keep an event and its dates; a new one starts as a draft. Who comes to a published one is told what changed."""
    earlier = Event.objects.select_for_update().filter(pk=event.pk).first() if event.pk else None
    if earlier is None:
        event.slug = free_slug(Event, event.title)
        event.created_by = acting_user
    else:
        event.sequence = earlier.sequence + 1
    _place(event)
    event.save()
    if co_organisers is not None:
        event.co_organisers.set([actor for actor in co_organisers if actor.pk != event.organiser_id])
    changes = refresh(event)
    if earlier is not None and event.state == EventState.PUBLISHED:
        _tell(event, changes, relocated=any(getattr(event, name) != getattr(earlier, name) for name in WHERE))
    event_saved.send(sender=Event, event=event)
    return event


@transaction.atomic
def publish(*, event: Event, acting_user: User | None) -> bool:
    """Publish at once for an approved actor; else keep it waiting for the approval. Whether it is public now."""
    organiser = Actor.objects.select_for_update().get(pk=event.organiser_id)
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.state not in (EventState.DRAFT, EventState.WAITING):
        return event.state == EventState.PUBLISHED and organiser.is_approved
    if not organiser.is_approved:
        event.state = EventState.WAITING
        event.save(update_fields=["state", "updated_at"])
        return False
    event.state, event.published_at = EventState.PUBLISHED, timezone.now()
    event.save(update_fields=["state", "published_at", "updated_at"])
    event_published.send(sender=Event, event=event)
    return True


@transaction.atomic
def publish_what_waited(actor: Actor) -> None:
    """The actor is approved: what its people had sent becomes public."""
    for event in Event.objects.filter(organiser=actor, state=EventState.WAITING):
        publish(event=event, acting_user=None)


@transaction.atomic
def cancel_event(*, event: Event, because: str, acting_user: User) -> bool:
    """All its dates to come are off, for good; False where it was cancelled already."""
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if locked.state != EventState.PUBLISHED:
        return False
    locked.state, locked.cancelled_because = EventState.CANCELLED, because
    locked.sequence += 1
    with recorded(by=acting_user, why=because):
        locked.save(update_fields=["state", "cancelled_because", "sequence", "updated_at"])
    to_come = locked.occurrences.to_come().filter(is_cancelled=False)
    _tell(locked, Changes(cancelled=list(to_come.values_list("pk", flat=True))))
    return True


@transaction.atomic
def cancel_occurrence(*, occurrence: Occurrence, note: str, acting_user: User) -> bool:
    """One date is off; False where it was already, or is over."""
    event, row = _locked(occurrence)
    if row.is_cancelled or row.is_past or event.state == EventState.CANCELLED:
        return False
    row.is_cancelled, row.note = True, note
    row.save(update_fields=["is_cancelled", "note"])
    _count_up(event)
    if event.state == EventState.PUBLISHED:
        _tell(event, Changes(cancelled=[row.pk]))
    return True


@transaction.atomic
def change_occurrence(
    *, occurrence: Occurrence, starts_at: datetime, ends_at: datetime, note: str, acting_user: User
) -> Occurrence:
    """Move one date, or say something of it alone.

    Raises ValidationError where it is off, over, or would end before it starts.
    """
    event, row = _locked(occurrence)
    if row.is_cancelled or row.is_past or event.state == EventState.CANCELLED:
        raise ValidationError(_("Cette date est annulée ou passée : elle ne se modifie plus."))
    if ends_at < starts_at:
        raise ValidationError(_("La fin ne peut pas être avant le début."))
    moved = (row.starts_at, row.ends_at) != (starts_at, ends_at)
    said = note != row.note
    row.starts_at, row.ends_at, row.note = starts_at, ends_at, note
    row.is_moved = row.is_moved or moved
    row.save(update_fields=["starts_at", "ends_at", "note", "is_moved"])
    if moved or said:
        _count_up(event)
        if event.state == EventState.PUBLISHED:
            _tell(event, Changes(moved=[row.pk]))
    return row


@transaction.atomic
def move_events(*, kept: Actor, absorbed: Actor, acting_user: User, why: str) -> None:
    """Two actors became one: it organises what both did."""
    for event in Event.objects.filter(organiser=absorbed):
        event.organiser = kept
        with recorded(by=acting_user, why=why):
            event.save(update_fields=["organiser"])
    for event in Event.objects.filter(co_organisers=absorbed):
        event.co_organisers.remove(absorbed)
        if event.organiser_id != kept.pk:
            event.co_organisers.add(kept)
    if kept.is_approved:
        publish_what_waited(kept)


def _locked(occurrence: Occurrence) -> tuple[Event, Occurrence]:
    event = Event.objects.select_for_update().get(pk=occurrence.event_id)
    row = Occurrence.objects.select_for_update().get(pk=occurrence.pk)
    row.event = event
    return event, row


def _count_up(event: Event) -> None:
    """Calendars take what has a higher SEQUENCE (RFC 5545, 3.8.7.4)."""
    event.sequence += 1
    event.save(update_fields=["sequence", "updated_at"])


def _place(event: Event) -> None:
    """Territories from the address; the position as well, unless somebody chose it."""
    known = event.city or event.postcode
    found = place_of(country=str(event.country), postcode=event.postcode, city=event.city) if known else None
    event.reach = reach_of([found.code]) if found else []
    if not event.position_is_chosen:
        event.latitude, event.longitude = (found.latitude, found.longitude) if found else (None, None)


def _tell(event: Event, changes: Changes, *, relocated: bool = False) -> None:
    to_come = event.occurrences.to_come().filter(is_cancelled=False)
    elsewhere = list(to_come.values_list("pk", flat=True)) if relocated else []
    if changes.moved or changes.cancelled or elsewhere:
        event_changed.send(
            sender=Event, event=event, moved=changes.moved, cancelled=changes.cancelled, relocated=elsewhere
        )
