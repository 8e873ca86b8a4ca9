"""The worker's part; beat sweeps what a message lost on the way would have done."""

from celery import shared_task

from . import delivery, digests
from .models import OutgoingEmail

SWEEP_AT_MOST = 200  # mails in one sweep: the next comes half a minute later


@shared_task
def deliver(pk: int) -> None:
    delivery.deliver(pk)


@shared_task
def deliver_due() -> None:
    for pk in OutgoingEmail.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        delivery.deliver(pk)


@shared_task
def send_digests() -> None:
    digests.send_due_digests()
