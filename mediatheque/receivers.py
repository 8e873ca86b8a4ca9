"""What the médiathèque does when actors change."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor, User
from actors.signals import actors_merged

from .services import move_resources


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, acting_user: User, why: str, **kwargs: Any) -> None:
    move_resources(kept=kept, absorbed=absorbed, acting_user=acting_user, why=why)
