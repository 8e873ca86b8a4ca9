"""Asking for a programme, and making it in the worker. Safe to run twice, safe to kill: the row says what is due."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coexist.common.jobs import enqueue_on_commit
from events.campaigns.models import Campaign

from . import printing
from .content import Entry, entries_of, fingerprint
from .enums import PrintState
from .models import ProgrammePrint
from .typography import printed_language

MOST_ATTEMPTS = 3
LEFT_BEHIND = timedelta(minutes=10)  # a worker that began and was killed
TOLD_ERROR = 300


@transaction.atomic
def ask(campaign: Campaign, *, layout: str, order: str) -> ProgrammePrint:
    """The programme in this layout: the one that is there where nothing changed since, else it is made anew."""
    row, _new = ProgrammePrint.objects.select_for_update().get_or_create(campaign=campaign, layout=layout, order=order)
    now = current(campaign, layout, order)
    if row.state == PrintState.DONE and row.fingerprint == now:
        return row
    if not (row.is_working and row.fingerprint == now):
        row.state, row.progress, row.error, row.attempts = PrintState.WAITING, 0, "", 0
        row.fingerprint, row.asked_at = now, timezone.now()
        row.save()
        _hand_over(row.pk)
    return row


def current(campaign: Campaign, layout: str, order: str, entries: list[Entry] | None = None) -> str:
    """What a programme made now would be known by."""
    with printed_language():
        return fingerprint(campaign, entries_of(campaign) if entries is None else entries, layout=layout, order=order)


def stale(campaign: Campaign, rows: list[ProgrammePrint]) -> set[int]:
    """Keys of the made ones that would be told otherwise today."""
    with printed_language():
        entries = entries_of(campaign)
    done = [row for row in rows if row.state == PrintState.DONE]
    return {row.pk for row in done if row.fingerprint != current(campaign, row.layout, row.order, entries)}


def make(pk: int) -> bool:
    """Make the one that waits; False where there is nothing to do, or another worker does it."""
    row = _begin(pk)
    if row is None:
        return False
    campaign = row.campaign
    try:
        with printed_language():
            entries = entries_of(campaign)
            made_of = fingerprint(campaign, entries, layout=row.layout, order=row.order)
            content = printing.programme(
                campaign, entries, layout=row.layout, order=row.order, progress=lambda done: _note(pk, done)
            )
    except Exception as error:
        failed = PrintState.FAILED if row.attempts >= MOST_ATTEMPTS else PrintState.WAITING
        ProgrammePrint.objects.filter(pk=pk).update(state=failed, error=str(error)[:TOLD_ERROR])
        raise
    _keep(pk, content, made_of)
    return True


def make_due() -> None:
    """What a broker that was away, or a killed worker, left behind."""
    now = timezone.now()
    waiting = Q(state=PrintState.WAITING, asked_at__lt=now - timedelta(minutes=1))
    left = Q(state=PrintState.MAKING, began_at__lt=now - LEFT_BEHIND)
    for pk in ProgrammePrint.objects.filter(waiting | left).values_list("pk", flat=True):
        _hand_over(pk)


def _hand_over(pk: int) -> None:
    from .tasks import make as task  # it imports this module

    enqueue_on_commit(task, pk)


@transaction.atomic
def _begin(pk: int) -> ProgrammePrint | None:
    left = Q(state=PrintState.MAKING, began_at__lt=timezone.now() - LEFT_BEHIND)
    rows = ProgrammePrint.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "campaign__project__lead"
    )
    row = rows.filter(Q(state=PrintState.WAITING) | left, pk=pk).first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        row.state = PrintState.FAILED
        row.save(update_fields=["state"])
        return None
    row.state, row.progress, row.began_at = PrintState.MAKING, 0, timezone.now()
    row.attempts += 1
    row.save(update_fields=["state", "progress", "began_at", "attempts"])
    return row


def _note(pk: int, done: int) -> None:
    ProgrammePrint.objects.filter(pk=pk, state=PrintState.MAKING).update(progress=done)


@transaction.atomic
def _keep(pk: int, content: bytes, made_of: str) -> None:
    """The earlier file goes once the new one is kept."""
    row = ProgrammePrint.objects.select_for_update().get(pk=pk)
    earlier, storage = row.file.name, row.file.storage
    row.file.save(f"{uuid4().hex}.pdf", ContentFile(content), save=False)
    row.state, row.progress, row.error, row.fingerprint = PrintState.DONE, 100, "", made_of
    row.made_at = timezone.now()
    row.save()
    if earlier and earlier != row.file.name:
        transaction.on_commit(lambda: storage.delete(earlier), robust=True)
