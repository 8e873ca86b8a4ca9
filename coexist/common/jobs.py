"""Handing work to the worker without ever failing the page that asks for it."""

import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def enqueue_on_commit(task: Any, *args: int | str) -> None:
    """Send `task` to the worker once the transaction is committed.

    The caller has already written the row that says the work is due: when the broker is down the
    message is dropped here, and the scheduler's sweep finds the row later.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task: Any, args: tuple) -> None:
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("Broker unreachable, %s%s left to the sweep: %s", task.name, args, error)
