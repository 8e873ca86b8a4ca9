from celery import shared_task

from .enums import NeedState
from .models import Need
from .services import end_need


@shared_task
def close_past_needs() -> None:
    """A need whose last day is over asks for nothing any more."""
    for need in Need.objects.past_their_date():
        end_need(need=need, state=NeedState.CLOSED, acting_user=None)
