"""The worker's part of the médiathèque: delegate."""

from celery import shared_task

from . import derived
from .extraction import work
from .loans.offers import repair_offers


@shared_task
def read_file(pk: int) -> None:
    work.read_file(pk)


@shared_task
def read_due() -> None:
    work.read_due()


@shared_task
def repair_lists() -> None:
    derived.refresh_all()
    repair_offers()
