"""A new version of the engine scores the open needs anew: in pieces, on a queue of its own.

Nobody is told of what only the engine finds otherwise: novelty.py sees to that.

What is left to do stands in the database: a piece that is lost is handed out again, one that comes twice
finds nothing to do.
"""

import logging
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from actors.models import Actor, Offer
from projects.models import Need

from . import run, scoring
from .enums import Subject
from .models import LastMatching, MatchingDue
from .reading import index_actors
from .sweeps import MOST_ATTEMPTS

logger = logging.getLogger(__name__)
PIECE = 10  # needs, some seconds of work
AT_ONCE = 1_000  # needs under way
READ_AT_ONCE = 200  # actors
LOST_AFTER = timedelta(minutes=30)


def behind() -> QuerySet[Need]:
    """Open needs whose matches this version of the engine has yet to find, and nothing else will."""
    done = LastMatching.objects.filter(subject=Subject.NEED, subject_id=OuterRef("pk"), version=scoring.VERSION)
    due = MatchingDue.objects.filter(subject=Subject.NEED, subject_id=OuterRef("pk"))
    return Need.objects.open().exclude(Exists(done)).exclude(Exists(due))


def hand_out() -> list[list[int]]:
    """Pieces to be scored now: the needs that are behind and not under way, as many as there is room for.

    None before every offer has its point: a need that finds few offers would lose its matches.
    """
    if _read_offers():
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


def _read_offers() -> bool:
    """Give points to offers that have none yet; whether there were any."""
    unread = Offer.objects.filter(actor=OuterRef("pk"), point=None)
    actors = list(
        Actor.objects.approved().filter(Exists(unread)).order_by("pk").prefetch_related("offers")[:READ_AT_ONCE]
    )
    index_actors(actors)
    return bool(actors)


def rescore(keys: list[int]) -> int:
    """Score those of the needs that are still behind; return how many."""
    done = 0
    for key in keys:
        due = MatchingDue.objects.filter(subject=Subject.AGAIN, subject_id=key)
        try:
            need = behind().select_related("project").filter(pk=key).first()
            if need is not None:
                run.match_need(need)
                done += 1
        except Exception as error:  # one bad row must not stop the others
            logger.exception("Rescoring need %s failed", key)
            due.update(error=f"{type(error).__name__}: {error}"[:300])
        else:
            due.delete()
    return done
