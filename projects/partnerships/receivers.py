"""What introductions do when actors change."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actors_merged

from .merging import move_introductions


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    move_introductions(kept=kept, absorbed=absorbed)
