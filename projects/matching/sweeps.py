"""Finding in the database what a lost message, a dead worker or a cap left undone."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from projects.models import Need

from . import run
from .announce import announce_waiting, needs_with_news
from .enums import Subject
from .models import MOST_ATTEMPTS, MatchingDue
from .reading import is_rereading

logger = logging.getLogger(__name__)
LEFT_ALONE_FOR = timedelta(seconds=20)  # the message that goes with the row has this long to be worked on
AT_ONCE = 50


def match_what_was_missed() -> None:
    if is_rereading():  # what waits for it has not failed
        return
    missed = MatchingDue.objects.filter(subject__in=[Subject.NEED, Subject.ACTOR])  # the others: rescoring.py
    due = missed.filter(asked_at__lt=timezone.now() - LEFT_ALONE_FOR, attempts__lt=MOST_ATTEMPTS)
    for row in due.order_by("attempts", "asked_at")[:AT_ONCE]:
        # Counted first: a row that kills its worker must not be first in line for ever.
        MatchingDue.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        try:
            run.run_due(row)
        except Exception as error:  # one bad row must not stop the others
            logger.exception("Matching %s failed", row)
            MatchingDue.objects.filter(pk=row.pk).update(error=f"{type(error).__name__}: {error}"[:300])


def announce_what_waits() -> None:
    """Tell what a day's caps held back."""
    for pk in needs_with_news():
        with transaction.atomic():
            need = (
                Need.objects.open()
                .select_related("project__lead")
                .select_for_update(of=("self",))
                .filter(pk=pk)
                .first()
            )
            if need is not None:
                announce_waiting(need)
