"""The worker's part of accompaniment: delegate."""

from celery import shared_task

from . import reminders, telling


@shared_task
def remind() -> None:
    reminders.remind()


@shared_task
def tell_waiting() -> None:
    telling.tell_waiting()
