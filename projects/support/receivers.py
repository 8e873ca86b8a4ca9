"""What requests for help do when an actor leaves, or two become one."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext

from actors.models import Actor
from actors.signals import actor_left, actors_merged

from .merging import move_support
from .models import SupportRequest
from .services import give_back
from .states import SupportState


@receiver(actor_left)
def leave_to_the_animators(sender: Any, actor: Actor, **kwargs: Any) -> None:
    """Whoever is helped or asked for help by an actor that is gone would wait for ever."""
    held = SupportRequest.objects.filter(expert=actor, state__in=[SupportState.ASKED, SupportState.UNDER_WAY])
    for support in held:
        give_back(support=support, why=gettext("%(actor)s n'est plus présent sur CoExist.") % {"actor": actor})


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    move_support(kept=kept, absorbed=absorbed)
