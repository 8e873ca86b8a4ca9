"""The worker's part of kept searches."""

from celery import shared_task

from . import alerts


@shared_task
def send_alerts() -> None:
    alerts.send_due_alerts()
