"""The worker's part of achievements: delegate."""

from celery import shared_task

from . import derived, reminders


@shared_task
def remind() -> None:
    reminders.remind()


@shared_task
def repair_lists() -> None:
    derived.refresh_all()
