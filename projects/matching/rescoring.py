"""A new version of the engine scores the open needs anew: in pieces, on a queue of its own.

Nobody is told of what only the engine finds otherwise: novelty.py sees to that.

What is left to do stands in the database: a piece that is lost is handed out again, one that comes twice
finds nothing to do.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from actors.models import Actor, Offer
from projects.models import Need

from . import run, scoring
from .enums import Subject
from .models import MOST_ATTEMPTS, LastMatching, MatchingDue
from .reading import index_actor, index_need, is_rereading

logger = logging.getLogger(__name__)
PIECE = 10  # needs, some seconds of work
AT_ONCE = 1_000  # needs under way
READ_AT_ONCE = 200  # actors, or needs
READ_FOR = 30.0  # seconds of each minute: mails and new needs have the same workers
LOST_AFTER = timedelta(minutes=30)


def behind() -> QuerySet[Need]:
    """Open needs whose matches this version of the engine has yet to find, and nothing else will."""
    done = LastMatching.objects.filter(subject=Subject.NEED, subject_id=OuterRef("pk"), version=scoring.VERSION)
    due = MatchingDue.objects.filter(subject=Subject.NEED, subject_id=OuterRef("pk"))
    return Need.objects.open().exclude(Exists(done)).exclude(Exists(due))


def hand_out() -> list[list[int]]:
    """Pieces to be scored now: the needs that are behind and not under way, as many as there is room for.

    None before every offer and need has its point: a need that finds few offers would lose its matches. What becomes
    due meanwhile waits too (run_due), and is then matched and told as ever.
    """
    if not _all_is_read():
        return []
    now = timezone.now()
    known = MatchingDue.objects.filter(subject=Subject.AGAIN)
    under_way = known.filter(asked_at__gt=now - LOST_AFTER)
    given_up = known.filter(attempts__gte=MOST_ATTEMPTS)
    room = max(0, AT_ONCE - under_way.count())
    left = behind().exclude(Exists((under_way | given_up).filter(subject_id=OuterRef("pk"))))
    keys = list(left.order_by("pk").values_list("pk", flat=True)[:room])
    MatchingDue.objects.bulk_create(
        [MatchingDue(subject=Subject.AGAIN, subject_id=key, asked_at=now) for key in keys], ignore_conflicts=True
    )
    known.filter(subject_id__in=keys).update(asked_at=now, attempts=F("attempts") + 1)
    return [keys[start : start + PIECE] for start in range(0, len(keys), PIECE)]


def _all_is_read() -> bool:
    """Give points to offers and open needs that have none, for half a minute; whether all have theirs.

    What cannot be read is tried again each minute, and given up in the end: the others must not wait for ever.
    """
    until = time.monotonic() + READ_FOR
    errors = _read(_unread_actors(), index_actor, until) + _read(_unread_needs(), index_need, until)
    if time.monotonic() > until:
        return False
    waited_for = MatchingDue.objects.filter(subject=Subject.READ)
    if errors:
        waited_for.update(attempts=F("attempts") + 1, error=errors[0])
        return not is_rereading()
    waited_for.delete()
    return True


def _read(unread: QuerySet, index: Callable[[Any], None], until: float) -> list[str]:
    errors: dict[int, str] = {}
    left = unread.order_by("pk")
    while time.monotonic() < until and (rows := list(left.exclude(pk__in=errors)[:READ_AT_ONCE])):
        for row in rows:
            try:
                index(row)
            except Exception as error:  # one bad row must not stop the others
                subject = f"{type(row).__name__} {row.pk}"
                logger.exception("Reading %s failed", subject)
                errors[row.pk] = f"{subject}: {type(error).__name__}: {error}"[:300]
    return [*errors.values()]


def _unread_actors() -> QuerySet[Actor]:
    unread = Offer.objects.filter(actor=OuterRef("pk"), point=None)
    return Actor.objects.approved().filter(Exists(unread)).prefetch_related("offers")


def _unread_needs() -> QuerySet[Need]:
    return run.loaded(Need.objects.open().filter(point=None))


def rescore(keys: list[int]) -> int:
    """Score those of the needs that are still behind; return how many."""
    if is_rereading():  # an older release handed them out
        return 0
    done = 0
    for key in keys:
        due = MatchingDue.objects.filter(subject=Subject.AGAIN, subject_id=key)
        try:
            need = run.loaded(behind()).filter(pk=key).first()
            if need is not None:
                run.match_need(need)
                done += 1
        except Exception as error:  # one bad row must not stop the others
            logger.exception("Rescoring need %s failed", key)
            due.update(error=f"{type(error).__name__}: {error}"[:300])
        else:
            due.delete()
    return done
