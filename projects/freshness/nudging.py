"""Asking people to confirm: at most one mail a week to a person, at most four about one thing.

Safe to run twice: a person's row is locked, and a thing asked about is not due again for a week.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from actors.models import Actor, Membership, User
from coexist.common.freshness import MOST_NUDGES
from coexist.common.mail.queue import queue_mail
from projects.models import Need

from .items import AT_ONCE, actors_to_confirm, needs_to_confirm, nobodys, of_writer
from .links import Named, confirm_url
from .mails import NUDGE
from .models import Nudge

WEEK = timedelta(days=7)


def nudge() -> None:
    for key in _people():
        with transaction.atomic():
            _nudge(key)
    # Nobody is there to be asked: the time counts all the same.
    _count(_to_nudge(actors_to_confirm()).filter(nobodys("pk")))
    _count(_to_nudge(needs_to_confirm()).filter(nobodys("project__lead")))
    demote()


def demote() -> None:
    """A week after the last nudge, what nobody confirmed ranks lower and says so."""
    over = Q(nudges__gte=MOST_NUDGES, nudged_at__lte=timezone.now() - WEEK, is_stale=False)
    for model in (Actor, Need):
        model.objects.filter(over).update(is_stale=True)


def _to_nudge(rows: QuerySet) -> QuerySet:
    silent = Q(nudged_at=None) | Q(nudged_at__lte=timezone.now() - WEEK)
    return rows.filter(silent, nudges__lt=MOST_NUDGES)


def _people() -> list[int]:
    actors = _to_nudge(actors_to_confirm()).order_by().values("pk")
    leads = _to_nudge(needs_to_confirm()).order_by().values("project__lead")
    writers = Membership.objects.writers().active().filter(Q(actor__in=actors) | Q(actor__in=leads))
    rested = writers.exclude(user__in=Nudge.objects.filter(at__gt=timezone.now() - WEEK).values("person"))
    return list(rested.order_by("user").values_list("user", flat=True).distinct())


def _nudge(key: int) -> None:
    """All that one person may confirm, in one mail; colleagues are asked in the same run."""
    person = User.objects.select_for_update(no_key=True).get(pk=key)
    now = timezone.now()
    if Nudge.objects.filter(person=person, at__gt=now - WEEK).exists():
        return
    # Also what a colleague was asked about in this run: it is due by its date.
    fresh = Q(nudges__lt=MOST_NUDGES) | Q(nudged_at__gt=now - timedelta(hours=1))
    actors = list(actors_to_confirm().filter(fresh, of_writer(person, "pk"))[:AT_ONCE])
    needs = list(needs_to_confirm().filter(fresh, of_writer(person, "project__lead"))[: AT_ONCE - len(actors)])
    if not actors and not needs:
        return
    named = Named(person.pk, [actor.pk for actor in actors], [need.pk for need in needs])
    Nudge.objects.create(person=person, number=len(actors) + len(needs), at=now)
    queue_mail(
        NUDGE,
        to=person,
        dedupe_key=f"{NUDGE.code}:{person.pk}:{now:%Y-%m-%d}",
        context={"actors": actors, "needs": needs, "link": confirm_url(named)},
        refers_to={"actors": named.actors, "needs": named.needs},
    )
    _count(_to_nudge(Actor.objects.filter(pk__in=named.actors)))
    _count(_to_nudge(Need.objects.filter(pk__in=named.needs)))


def _count(rows: QuerySet) -> None:
    """Once for a run, whoever else is asked about the same thing."""
    keys = list(rows.values_list("pk", flat=True))
    again = _to_nudge(rows.model.objects.filter(pk__in=keys))
    again.update(nudges=F("nudges") + 1, nudged_at=timezone.now())
