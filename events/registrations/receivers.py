"""What registrations do when events change, in the transaction of the change."""

from typing import Any

from django.dispatch import receiver

from coexist.common.jobs import enqueue_on_commit

from ..models import Event
from ..signals import event_changed, event_saved
from . import places
from .models import Change, Registration


@receiver(event_changed)
def note_change(
    sender: Any, event: Event, moved: list[int], cancelled: list[int], relocated: list[int], **kwargs: Any
) -> None:
    if not Registration.objects.live().filter(event=event).exists():
        return
    change, _created = Change.objects.get_or_create(
        event=event, sequence=event.sequence,
        defaults={"moved": sorted({*moved, *relocated} - {*cancelled}), "cancelled": sorted(cancelled)},
    )  # fmt: skip
    from .tasks import tell  # the task imports what this app is made of, while it is being loaded

    enqueue_on_commit(tell, change.pk)


@receiver(event_saved)
def settle_places(sender: Any, event: Event, **kwargs: Any) -> None:
    """More room, or new dates: who waits or comes to all has them at once."""
    if Registration.objects.live().filter(event=event).exists():
        places.settle(places.locked(event))
