from celery import shared_task

from . import jobs


@shared_task
def keep_up() -> None:
    jobs.settle_due()
    jobs.tell_due()
    jobs.remind_due()


@shared_task
def tell(pk: int) -> None:
    jobs.tell(pk)
