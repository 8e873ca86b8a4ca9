"""What campaigns do when two actors become one."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actors_merged

from .moderation import move_campaigns


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    move_campaigns(kept=kept, absorbed=absorbed)
