"""When a kept search is looked at."""

from datetime import datetime, timedelta

from coexist.common.mail.enums import Digest
from coexist.common.mail.queue import next_digest

AT_ONCE_MEANS = timedelta(minutes=5)
# Before the hour of the digests, so that what is found goes into today's.
BEFORE_DIGESTS = timedelta(minutes=30)


def next_look(rhythm: str, after: datetime) -> datetime | None:
    """None for never."""
    if rhythm == Digest.NEVER:
        return None
    if rhythm == Digest.IMMEDIATE:
        return after + AT_ONCE_MEANS
    return next_digest(rhythm, after + BEFORE_DIGESTS) - BEFORE_DIGESTS
