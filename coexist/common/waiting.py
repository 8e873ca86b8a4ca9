"""What waits for the animators: each app says what it has, the administration's first page shows it all.

Called from an app's admin:

    register_waiting(_("Profils à valider"), count=lambda: …, url="admin:actors_actor_changelist",
                     permission="actors.view_actor")
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from .scheduler import Heartbeat

SCHEDULER_LATE_AFTER = 15 * 60  # seconds


@dataclass(frozen=True)
class Waiting:
    label: Any  # a lazy translation
    count: Callable[[], int]
    url: str
    query: str
    permission: str
    oldest: Callable[[], datetime | None] | None
    is_trouble: bool


@dataclass(frozen=True)
class ShownWaiting:
    label: Any
    count: int
    url: str
    oldest: datetime | None
    is_trouble: bool


_waiting: list[Waiting] = []


def register_waiting(
    label: Any, count: Callable[[], int], url: str, *, query: str = "", permission: str = "",
    oldest: Callable[[], datetime | None] | None = None, is_trouble: bool = False,
) -> None:  # fmt: skip
    """Show `label` with its count, linked to the page named `url` (with `query`, "?state=failed").

    `count` and `oldest` cost one query each. `is_trouble`: something is broken, rather than to be done.
    """
    _waiting.append(Waiting(label, count, url, query, permission, oldest, is_trouble))


def waiting_for(user: Any) -> list[ShownWaiting]:
    """Every line that this person may look into, also the empty ones: an empty queue is good news."""
    return [_shown(line) for line in _waiting if not line.permission or user.has_perm(line.permission)]


def scheduler_is_late() -> bool:
    """Jobs that should run by themselves have not for a quarter of an hour."""
    age = Heartbeat.age("scheduler")
    return age is None or age > SCHEDULER_LATE_AFTER


def _shown(line: Waiting) -> ShownWaiting:
    count = line.count()
    oldest = line.oldest() if line.oldest and count else None
    return ShownWaiting(line.label, count, reverse(line.url) + line.query, oldest, line.is_trouble)
