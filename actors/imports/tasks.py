"""The worker's part of imports: fetch by key, delegate."""

from celery import shared_task

from . import work


@shared_task
def go_on(pk: int) -> None:
    work.go_on(pk)


@shared_task
def sweep() -> None:
    work.go_on_with_what_was_left()
