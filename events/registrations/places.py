"""How places are counted and given; called with the event's row locked, which makes one order of all requests.

Who waits is served in order: the first of those for whom a place is free on each of their dates. A place therefore
never stands empty because the person before wants another date as well.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import Event, Occurrence
from . import telling
from .enums import HOLDING, LIVE, State
from .models import Registration, Seat
from .rules import dates_to_take

TO_CONFIRM = timedelta(hours=24)  # for who gets a place from the waiting list; half of what is left, if that is less


def locked(event: Event) -> Event:
    """Each request about one event waits here for the one before."""
    return Event.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=event.pk)


def settle(event: Event) -> None:
    """Make the places right, whatever happened before: offers out of time, new dates, more room. Safe to run twice."""
    now = timezone.now()
    for registration in event.registrations.filter(state=State.OFFERED, confirm_before__lte=now):
        end(registration, State.LAPSED)
    _sit_on_new_dates(event)
    count(event)
    if event.registrations.waiting().exists():
        _promote(event, now)


def count(event: Event) -> None:
    """`taken` of the dates to come; what is over stays as it was."""
    held = Seat.objects.filter(occurrence=OuterRef("pk"), registration__state__in=HOLDING).order_by()
    number = Coalesce(Subquery(held.values("occurrence").annotate(number=Count("pk")).values("number")), 0)
    to_come = event.occurrences.to_come().annotate(held=number)
    for row in to_come.exclude(taken=F("held")):
        Occurrence.objects.filter(pk=row.pk).update(taken=row.held)


def has_room(event: Event, dates: Iterable[Occurrence]) -> bool:
    """A place on each of them, counted anew; False for no date at all."""
    keys = [row.pk for row in dates]
    if not keys or event.capacity is None:
        return bool(keys)
    return not Occurrence.objects.filter(pk__in=keys, taken__gte=event.capacity).exists()


def sit(registration: Registration, dates: Iterable[Occurrence]) -> None:
    """Seats, taken or waited for."""
    event = registration.event
    is_repeated = bool(event.rule or event.added_dates)
    Seat.objects.bulk_create(
        Seat(
            registration=registration, occurrence=row, address=registration.email,
            known_as=row.planned_at if is_repeated else None,
        )
        for row in dates
    )  # fmt: skip


def end(registration: Registration, state: str) -> None:
    """Its places are free; the address may register anew. Who came on dates that are over stays known."""
    registration.state, registration.ended_at, registration.confirm_before = state, timezone.now(), None
    registration.save(update_fields=["state", "ended_at", "confirm_before"])
    registration.seats.update(address="")


def _sit_on_new_dates(event: Event) -> None:
    """Who registered for all dates comes to those that were added as well."""
    for_all = event.registrations.filter(state__in=LIVE, occurrence=None)
    dates = list(dates_to_take(event))
    short = for_all.annotate(number=Count("seats", filter=Q(seats__occurrence__in=dates))).filter(number__lt=len(dates))
    for registration in short.order_by("queued_at", "pk"):
        known = set(registration.seats.values_list("occurrence", flat=True))
        same = Seat.objects.filter(occurrence__in=dates, address=registration.email).exclude(address="")
        known |= set(same.values_list("occurrence", flat=True))
        registration.event = event
        sit(registration, [row for row in dates if row.pk not in known])


def _promote(event: Event, now: datetime) -> None:
    for registration in event.registrations.waiting():
        dates = _dates_of(registration)
        if not dates or dates[0].starts_at <= now or not has_room(event, dates):
            continue
        registration.state, registration.confirm_before = State.OFFERED, deadline(dates[0].starts_at, now)
        registration.save(update_fields=["state", "confirm_before"])
        Occurrence.objects.filter(pk__in=[row.pk for row in dates]).update(taken=F("taken") + 1)
        registration.event = event
        telling.offered(registration)


def deadline(starts_at: datetime, now: datetime) -> datetime:
    """Half of what is left when that is less than a day: the next one needs time as well."""
    return now + min(TO_CONFIRM, (starts_at - now) / 2)


def _dates_of(registration: Registration) -> QuerySet[Occurrence]:
    kept = registration.seats.standing().to_come().values("occurrence")
    return Occurrence.objects.filter(pk__in=kept).order_by("starts_at", "pk")
