"""What people say of a match; it gates, stops solicitations, and will teach the weights."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from actors.models import Actor, User
from projects.models import Need

from .models import Match, Refusal


def record_interest(*, need: Need, actor: Actor) -> None:
    Match.objects.filter(need=need, actor=actor, interested_at=None).update(interested_at=timezone.now())


def record_refusal(
    *, need: Need, actor: Actor, by_actor: bool, reason: str, text: str, acting_user: User
) -> Refusal | None:
    """Close `need` to `actor`; None when it already was."""
    try:
        with transaction.atomic():
            return Refusal.objects.create(
                need=need, actor=actor, by_actor=by_actor, reason=reason, text=text, user=acting_user
            )
    except IntegrityError:
        return None


def is_refused(need: Need, actor: Actor) -> bool:
    return Refusal.objects.filter(need=need, actor=actor).exists()
