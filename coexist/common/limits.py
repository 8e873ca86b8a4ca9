"""How often somebody may do a thing, by account and by client address.

Counts stand in the database, one row for each window of time, so that pages answer while the broker
is down, and two requests at once are both counted. The window is fixed: at its border somebody may do
twice the number. django-allauth has limits of its own for log-in, sign-up and lost passwords.
"""

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import audit_log
from .errors import too_many_requests
from .rate_counts import RateCount

MINUTE, HOUR, DAY = 60, 3600, 86400
IPV6_NETWORK = 64  # bits that one household or office has


@dataclass(frozen=True)
class Limit:
    """At most `per_account` times for a person and `per_address` times for a client address, in `seconds`."""

    code: str
    per_account: int
    per_address: int
    seconds: int = HOUR


INVITATIONS = Limit("invitations", per_account=30, per_address=60)
CLAIMS = Limit("claims", per_account=5, per_address=20)
MAILED_REFUSALS = Limit("mailed_refusals", per_account=30, per_address=60)
SUPPORT_REQUESTS = Limit("support_requests", per_account=10, per_address=30)
REGISTRATIONS = Limit("registrations", per_account=30, per_address=60)
MAILED_REGISTRATIONS = Limit("mailed_registrations", per_account=30, per_address=60)
CALENDARS = Limit("calendars", per_account=30, per_address=60)
MESSAGES = Limit("messages", per_account=60, per_address=120)


def limited(limit: Limit, methods: tuple[str, ...] = ("POST",)) -> Callable:
    """Decorate a view: over the limit it answers 429, with what was typed."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and is_over(request, limit):
                return too_many_requests(request)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def is_over(request: HttpRequest, limit: Limit) -> bool:
    """Count this request; True when it is one too many."""
    if not settings.RATE_LIMITED:
        return False
    counts = [(f"address:{client_network(request)}", limit.per_address)]
    if request.user.is_authenticated:
        counts.append((f"account:{request.user.pk}", limit.per_account))
    over = [who for who, most in counts if _count(limit, who) > most]
    if over:
        by = request.user.pk if request.user.is_authenticated else None
        audit_log.record("limited", what=limit.code, by=by, per=over[0].split(":")[0])
    return bool(over)


def client_network(request: HttpRequest) -> str:
    """The client's address as the trusted proxy wrote it; of an IPv6 address its network."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return str(address)


def forget_past() -> int:
    """Delete the windows that are over, and return how many."""
    return RateCount.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def _count(limit: Limit, who: str) -> int:
    """One more in the current window; one statement, so that none is lost."""
    window = math.floor(timezone.now().timestamp() / limit.seconds) + 1
    ends_at = datetime.fromtimestamp(window * limit.seconds, tz=UTC)
    key = salted_hmac("coexist.limits", f"{limit.code}:{window}:{who}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common_ratecount (key, count, ends_at) VALUES (%s, 1, %s)"
            " ON CONFLICT (key) DO UPDATE SET count = common_ratecount.count + 1 RETURNING count",
            [key, ends_at],
        )
        return cursor.fetchone()[0]
