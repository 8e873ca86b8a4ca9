"""The worker's part of the médiathèque: delegate."""

from celery import shared_task

from . import derived
from .extraction import work


@shared_task
def read_file(pk: int) -> None:
    work.read_file(pk)


@shared_task
def read_due() -> None:
    work.read_due()


@shared_task
def repair_lists() -> None:
    derived.refresh_all()
