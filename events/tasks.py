from celery import shared_task

from .occurrences import extend_endless


@shared_task
def extend_repetitions() -> int:
    return extend_endless()
