"""What is due by itself. Each finds it in the database: missed, doubled or killed, nothing is lost or said twice."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ..models import Event, Occurrence
from . import places, telling
from .enums import LIVE, State
from .models import Change, Registration, Seat

DAY_BEFORE = timedelta(hours=24)


def settle_due() -> int:
    """Offers out of time, waiting lists, dates that were added; how many events were looked at."""
    unsettled = Q(state__in=[State.OFFERED, State.WAITING]) | Q(state__in=LIVE, occurrence=None)
    concerned = Registration.objects.filter(unsettled, event=OuterRef("pk"))
    to_come = Occurrence.objects.to_come().filter(event=OuterRef("pk"))
    keys = list(Event.objects.filter(Exists(concerned), Exists(to_come)).order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        with transaction.atomic():
            places.settle(places.locked(Event(pk=pk)))
    return len(keys)


@transaction.atomic
def tell(pk: int) -> int:
    """Tell one change; how many mails were written."""
    due = Change.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, told_at=None)
    change = due.select_related("event__organiser").first()
    if change is None:
        return 0
    number = telling.changed(change)
    change.told_at = timezone.now()
    change.save(update_fields=["told_at"])
    return number


def tell_due() -> int:
    return sum(tell(pk) for pk in Change.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True))


def remind_due() -> int:
    """Once for each date, the day before; not who registered within that day, who has just been written to."""
    now = timezone.now()
    due = Seat.objects.standing().filter(
        reminded_at=None, registration__state=State.REGISTERED,
        registration__queued_at__lt=F("occurrence__starts_at") - DAY_BEFORE,
        occurrence__starts_at__gt=now, occurrence__starts_at__lte=now + DAY_BEFORE,
    ).exclude(address="")  # fmt: skip
    return sum(_remind(pk) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int) -> bool:
    due = Seat.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, reminded_at=None)
    seat = due.select_related("registration__person", "occurrence__event__organiser").first()
    if seat is None:
        return False
    seat.reminded_at = timezone.now()
    seat.save(update_fields=["reminded_at"])
    telling.reminded(seat)
    return True
