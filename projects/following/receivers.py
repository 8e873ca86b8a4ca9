"""What partnerships do when two actors become one."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actors_merged

from .models import Party, Signatory


@receiver(actors_merged)
@transaction.atomic
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    """The kept one takes the place of the absorbed; where both were in, it stands there once."""
    already = Party.objects.filter(actor=kept).values("partnership")
    Party.objects.filter(actor=absorbed, partnership__in=already).delete()
    Party.objects.filter(actor=absorbed).update(actor=kept)
    signed = Signatory.objects.filter(actor=kept).values("agreement")
    Signatory.objects.filter(actor=absorbed, agreement__in=signed).delete()
    Signatory.objects.filter(actor=absorbed).update(actor=kept)
