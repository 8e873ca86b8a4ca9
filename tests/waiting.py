"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PATIENCE = 90  # seconds: never reached unless something is broken


def until(found: Callable[[], Found], what: str) -> Found:
    """The first true answer of `found`; it fails by naming `what` never came."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"never came: {what}")
