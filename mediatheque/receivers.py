"""What the médiathèque does when actors change."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext

from actors.models import Actor, User
from actors.signals import actor_left, actors_merged

from .loans.services import move_loans, withdraw_what_waits
from .services import move_resources


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, acting_user: User, why: str, **kwargs: Any) -> None:
    move_resources(kept=kept, absorbed=absorbed, acting_user=acting_user, why=why)
    move_loans(kept=kept, absorbed=absorbed, why=why)


@receiver(actor_left)
def withdraw_requests(sender: Any, actor: Actor, **kwargs: Any) -> None:
    """Agreed loans stay: what was lent has to come back."""
    withdraw_what_waits(actor, why=gettext("%(actor)s n'est plus présent sur CoExist.") % {"actor": actor})
