"""What achievements do when a partnership is completed, an actor renamed, two actors become one."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from actors.models import Actor, User
from actors.signals import actors_merged, offers_changed
from projects.following.models import Partnership
from projects.following.signals import partnership_completed

from .derived import refresh
from .merging import move_contributions
from .models import Achievement, Contribution
from .services import open_achievement
from .telling import ask_sides


@receiver(partnership_completed)
def ask_for_the_outcome(sender: Any, partnership: Partnership, acting_user: User, **kwargs: Any) -> None:
    row = open_achievement(partnership=partnership, acting_user=acting_user)
    sides = Contribution.objects.filter(achievement=row, asked_at=None).select_related("achievement", "actor")
    ask_sides(sides)
    sides.update(asked_at=timezone.now())


@receiver(offers_changed)
def follow_the_profile(sender: Any, actor: Actor, **kwargs: Any) -> None:
    """Its name and kind stand in the lists."""
    refresh(Achievement.objects.of_actor(actor).values_list("pk", flat=True))


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, acting_user: User, **kwargs: Any) -> None:
    move_contributions(kept=kept, absorbed=absorbed, acting_user=acting_user)
