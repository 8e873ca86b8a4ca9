"""The worker's part: lines checked, then written, some at a time, each group in one transaction.

The import's row is locked while a group is worked on: two workers never share one, and a process that is
killed leaves whole groups, which the next one goes on from.
"""

import logging
import time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .enums import WORKING, LineState, RunState
from .models import ImportRun
from .proposing import check_lines
from .writing import write_line

logger = logging.getLogger(__name__)
CHUNK = 50  # lines in one transaction
PATIENCE = 600.0  # seconds of one job; the sweep hands out the rest


def go_on(pk: int, seconds: float = PATIENCE) -> None:
    """Work on the import `pk` until its step is done, or the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and _one_group(pk):
        pass


def go_on_with_what_was_left() -> None:
    """Take up what a lost message or a dead worker left in the middle."""
    for run in ImportRun.objects.left_behind().order_by("attempts", "worked_at")[:5]:
        # Counted first: a file that kills its worker must not be first in line for ever.
        ImportRun.objects.filter(pk=run.pk).update(attempts=F("attempts") + 1)
        try:
            go_on(run.pk, seconds=120)
        except Exception as error:  # one bad file must not stop the others
            logger.exception("Import %s stopped", run.pk)
            ImportRun.objects.filter(pk=run.pk).update(error=f"{type(error).__name__}: {error}"[:300])


@transaction.atomic
def _one_group(pk: int) -> bool:
    """True when there may be more to do."""
    run = ImportRun.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=WORKING).first()
    if run is None:
        return False
    is_checking = run.state == RunState.CHECKING
    waiting = run.lines.filter(state=LineState.NEW if is_checking else LineState.CHECKED)
    lines = list(waiting.select_related("target").order_by("number")[:CHUNK])
    if not lines:
        return _finish(run)
    if is_checking:
        check_lines(run, lines)
    else:
        for line in lines:
            write_line(run, line)
    run.worked_at, run.attempts, run.error = timezone.now(), 0, ""
    run.save(update_fields=["worked_at", "attempts", "error"])
    return True


def _finish(run: ImportRun) -> bool:
    if run.state == RunState.CHECKING:
        run.state = RunState.REVIEW
    else:
        run.state, run.finished_at = RunState.DONE, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    return False
