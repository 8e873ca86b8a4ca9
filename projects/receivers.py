"""What projects do when actors change."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actor_approved

from .services import publish_what_waited


@receiver(actor_approved)
def publish_with_approval(sender: Any, actor: Actor, **kwargs: Any) -> None:
    publish_what_waited(actor)
