"""The worker's part of partnerships: delegate."""

from celery import shared_task

from . import reminders


@shared_task
def remind() -> None:
    reminders.remind()
