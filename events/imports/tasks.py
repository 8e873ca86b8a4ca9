"""The worker's part of imported calendars: fetch by key, delegate."""

from celery import shared_task

from . import work


@shared_task
def read(pk: int) -> None:
    work.read_source(pk)


@shared_task
def sweep() -> int:
    return work.read_what_is_due()
