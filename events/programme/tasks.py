"""The worker's part of printed programmes: delegate."""

from celery import shared_task

from . import making


@shared_task
def make(pk: int) -> None:
    making.make(pk)


@shared_task
def sweep() -> None:
    making.make_due()
