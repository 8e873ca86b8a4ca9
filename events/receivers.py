"""What the agenda does when actors change."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor, User
from actors.signals import actor_approved, actors_merged

from .services import move_events, publish_what_waited


@receiver(actor_approved)
def publish_with_approval(sender: Any, actor: Actor, **kwargs: Any) -> None:
    publish_what_waited(actor)


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, acting_user: User, why: str, **kwargs: Any) -> None:
    move_events(kept=kept, absorbed=absorbed, acting_user=acting_user, why=why)
