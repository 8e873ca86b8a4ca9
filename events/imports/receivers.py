"""What imported calendars do when actors change."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actors_merged

from .models import CalendarSource, ImportedEvent


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    """The kept one's calendars are both's; of one address, once, with the events of both."""
    for theirs in CalendarSource.objects.filter(actor=absorbed).defer("content"):
        mine = CalendarSource.objects.filter(actor=kept, url=theirs.url).defer("content").first()
        if mine is None:
            CalendarSource.objects.filter(pk=theirs.pk).update(actor=kept)
            continue
        twice = Exists(ImportedEvent.objects.filter(source=mine, uid=OuterRef("uid"), of_date=OuterRef("of_date")))
        theirs.entries.exclude(twice).update(source=mine)
        theirs.delete()
