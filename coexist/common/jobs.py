"""Handing work to the worker without ever failing the page that asks for it."""

import logging
import time
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
# After one failure nobody waits for the broker again so soon: the sweeps find the rows meanwhile.
LEFT_ALONE_FOR = 5.0  # seconds
_unreachable_until = 0.0


def enqueue_on_commit(task: Any, *args: int | str) -> None:
    """Send `task` to the worker once the transaction is committed.

    The caller has already written the row that says the work is due: when the broker is down the
    message is dropped here, and the scheduler's sweep finds the row later.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task: Any, args: tuple) -> None:
    global _unreachable_until
    if time.monotonic() < _unreachable_until:
        return
    try:
        task.apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        _unreachable_until = time.monotonic() + LEFT_ALONE_FOR
        logger.warning("Broker unreachable, %s%s left to the sweep: %s", task.name, args, error)
