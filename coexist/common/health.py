"""Is each part of the service alive? Asked by the container's check, the demo and a person."""

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coexist.celery import app as celery_app

from .access import public
from .scheduler import Heartbeat

logger = logging.getLogger(__name__)
SCHEDULER_SILENT_AFTER = 45  # seconds: four pulses missed
WORKERS = "celery@*"  # those of the first queue, not those that rescore beside
# Asked again after each wait: a worker that has just come up did not hear the first question.
WORKER_WAITS = (0.3, 0.7, 1.0)  # seconds


@public
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The web process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and scheduler all work, else 503 with what does not."""
    parts = {name: _outcome(name, check) for name, check in CHECKS.items()}
    failing = sorted(name for name, outcome in parts.items() if outcome != "ok")
    return JsonResponse({"ready": not failing, "failing": failing, "parts": parts}, status=503 if failing else 200)


def _outcome(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # a check must answer whatever breaks below it
        logger.warning("Health check %s failed: %s", name, error)
        return "unreachable"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    with celery_app.connection_for_read(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    return "ok"


def _worker() -> str:
    with celery_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        answered = any(
            celery_app.control.ping(timeout=wait, limit=1, connection=broker, pattern=WORKERS, matcher="glob")
            for wait in WORKER_WAITS
        )
    return "ok" if answered else "silent"


def _scheduler() -> str:
    age = Heartbeat.age("scheduler")
    return "ok" if age is not None and age < SCHEDULER_SILENT_AFTER else "silent"


CHECKS = {"database": _database, "broker": _broker, "worker": _worker, "scheduler": _scheduler}
