"""What must be matched, and when: a row in the sender's transaction, then a message to the worker."""

from typing import Any

from django.dispatch import receiver

from actors.models import Actor
from actors.signals import actor_approved, actor_left, actors_merged, offers_changed
from coexist.common.jobs import enqueue_on_commit
from projects.models import Need
from projects.signals import need_ended, need_published

from .enums import Subject
from .merging import move_answers
from .models import Match, MatchingDue
from .novelty import forget
from .tasks import match_due
from .withdrawing import withdraw_actor, withdraw_need


@receiver(need_published)
def match_published_need(sender: Any, need: Need, **kwargs: Any) -> None:
    enqueue_on_commit(match_due, MatchingDue.ask(Subject.NEED, need).pk)


@receiver([actor_approved, offers_changed])
def match_changed_actor(sender: Any, actor: Actor, **kwargs: Any) -> None:
    enqueue_on_commit(match_due, MatchingDue.ask(Subject.ACTOR, actor).pk)


@receiver(need_ended)
def stop_matching_need(sender: Any, need: Need, **kwargs: Any) -> None:
    """At once: a mail that waits for its hour or for its server must not ask for what is found."""
    withdraw_need(need)
    need.matches.filter(is_current=True).update(is_current=False)
    MatchingDue.objects.filter(subject__in=[Subject.NEED, Subject.AGAIN], subject_id=need.pk).delete()
    forget(Subject.NEED, need.pk)


@receiver(actor_left)
def retire_matches(sender: Any, actor: Actor, **kwargs: Any) -> None:
    """At once, as for a need that ends: nothing is asked of it, and no project reads its name."""
    withdraw_actor(actor)
    Match.objects.filter(actor=actor).update(is_current=False)
    MatchingDue.objects.filter(subject=Subject.ACTOR, subject_id=actor.pk).delete()
    forget(Subject.ACTOR, actor.pk)


@receiver(actors_merged)
def move_with_merge(sender: Any, kept: Actor, absorbed: Actor, **kwargs: Any) -> None:
    move_answers(kept=kept, absorbed=absorbed)
