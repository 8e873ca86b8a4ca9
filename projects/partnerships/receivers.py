"""What introductions do when actors change and needs end."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actors_merged
from projects.models import Need
from projects.signals import need_ended

from .merging import move_introductions
from .services import withdraw_questions


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    move_introductions(kept=kept, absorbed=absorbed)


@receiver(need_ended)
def stop_asking(sender: Any, need: Need, **kwargs: Any) -> None:
    withdraw_questions(need)
