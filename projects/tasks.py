from celery import shared_task

from .derived import refresh_all
from .enums import NeedState
from .models import Need
from .services import end_need


@shared_task
def close_past_needs() -> None:
    """A need whose last day is over asks for nothing any more."""
    for need in Need.objects.past_their_date():
        end_need(need=need, state=NeedState.CLOSED, acting_user=None)


@shared_task
def repair_lists() -> None:
    """What lists repeat of skills and territories; the services keep it right, this proves it."""
    refresh_all()
