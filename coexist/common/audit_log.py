"""Who was let in, who was refused, who gave rights to whom: one line each, made of codes and keys only.

Written with structlog under the name `coexist.audit`: JSON in production, readable lines elsewhere.
No e-mail, name, text or network address gets in: what is neither a number nor a code is left out.
"""

import logging
import re
from typing import Any

import structlog
from django.db import transaction

NAME = "coexist.audit"
# Codes, names of pages, patterns of addresses. No blank and no @: neither names nor e-mails fit.
CODE = re.compile(r"[A-Za-z0-9_.:/<>-]{1,120}")
STRUCTLOG: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
logger = structlog.wrap_logger(
    logging.getLogger(NAME),
    processors=[*STRUCTLOG, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    wrapper_class=structlog.stdlib.BoundLogger,
)


def record(event: str, **facts: int | str | None) -> None:
    """Write the line once what it tells is committed; at once outside a transaction.

    `facts` are primary keys and codes: `by` is who acted, `person` whom it concerns.
    """
    kept = {name: value for name, value in facts.items() if _is_impersonal(value)}
    transaction.on_commit(lambda: logger.info(event, **kept), robust=True)


def formatter(*, as_json: bool) -> logging.Formatter:
    """For LOGGING: how a line looks."""
    look: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    )
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(processors=[remove_meta, look])


def _is_impersonal(value: int | str | None) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value) is not None)
