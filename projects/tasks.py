from celery import shared_task

from .derived import refresh_all
from .freshness import nudging, services


@shared_task
def close_past_needs() -> None:
    services.close_past_needs()


@shared_task
def tell_needs_that_end() -> None:
    services.tell_ends_soon()


@shared_task
def nudge() -> None:
    nudging.nudge()


@shared_task
def repair_lists() -> None:
    """What lists repeat of skills and territories; the services keep it right, this proves it."""
    refresh_all()
