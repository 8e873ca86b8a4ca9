"""The worker's part of matching: fetch by key, delegate."""

from celery import shared_task

from . import frequencies, reminders, rescoring, run, sweeps
from .models import MatchingDue


@shared_task
def match_due(pk: int) -> None:
    due = MatchingDue.objects.filter(pk=pk).first()
    if due is not None:
        run.run_due(due)


@shared_task
def sweep() -> None:
    sweeps.match_what_was_missed()


@shared_task
def announce_due() -> None:
    sweeps.announce_what_waits()


@shared_task
def count_stems() -> None:
    frequencies.count_stems()


@shared_task
def hand_out_rescoring() -> None:
    for piece in rescoring.hand_out():
        rescore.delay(piece)


@shared_task
def rescore(keys: list[int]) -> None:
    rescoring.rescore(keys)


@shared_task
def remind() -> None:
    reminders.remind()
