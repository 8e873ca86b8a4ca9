"""What the worker does for actors."""

from celery import shared_task

from .derived import refresh_all_derived
from .positions import place_all


@shared_task
def repair_directory() -> None:
    """What the directory repeats of offers, territories and addresses; the services keep it right, this proves it."""
    refresh_all_derived()
    place_all()
