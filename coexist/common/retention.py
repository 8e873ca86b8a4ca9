"""What is kept how long, and why: one table, applied each night, shown on the privacy page and in docs/rgpd.md.

Each app declares its rules in a `retention.py` that its AppConfig loads (GDPR art. 5(1)(e): data are
kept no longer than needed). A rule without `rows` is applied elsewhere; its action says where.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
BATCH = 200  # rows in one transaction
MOST_BATCHES = 25  # of one rule in one night; the next night goes on


@dataclass(frozen=True)
class RetentionRule:
    code: str
    what: Any  # lazy translations: what is kept,
    period: Any  # how long, from when,
    action: Any  # what happens then,
    why: Any  # why it is kept so long,
    source: Any  # and the text that says so
    rows: Callable[[], QuerySet] | None = None  # whose time is over
    apply: Callable[[QuerySet], Any] | None = None  # wipes or deletes one batch, which is locked


_rules: dict[str, RetentionRule] = {}


def register_rule(rule: RetentionRule) -> RetentionRule:
    if _rules.setdefault(rule.code, rule) is not rule:
        raise ValueError(f"Retention rule {rule.code!r} is declared twice")
    return rule


def rules() -> list[RetentionRule]:
    return list(_rules.values())


def apply_all() -> dict[str, int]:
    """Apply every rule to what is due; return the number of rows by rule.

    Each batch is a transaction of its own and an applied row is due no more: a run may be killed,
    missed or doubled. One rule that fails does not hold up the others.
    """
    done = {}
    for rule in rules():
        if rule.rows is None:
            continue
        try:
            done[rule.code] = _apply(rule)
        except Exception:
            logger.exception("Retention rule %s failed", rule.code)
    logger.info("Retention applied: %s", {code: number for code, number in done.items() if number})
    return done


def _apply(rule: RetentionRule) -> int:
    total = 0
    for _batch in range(MOST_BATCHES):
        number = _apply_batch(rule)
        total += number
        if number < BATCH:
            break
    return total


@transaction.atomic
def _apply_batch(rule: RetentionRule) -> int:
    assert rule.rows is not None  # asked by the caller
    assert rule.apply is not None  # a rule with rows says what becomes of them
    due = rule.rows()
    locked = due.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    if keys:
        rule.apply(due.model._default_manager.filter(pk__in=keys))
    return len(keys)


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def as_markdown() -> str:
    """The table as docs/rgpd.md holds it; a test keeps the two the same."""
    head = (
        f"| {_('données')} | {_('durée')} | {_('ensuite')} | {_('pourquoi')} | {_('source')} |\n|---|---|---|---|---|\n"
    )
    lines = (f"| {rule.what} | {rule.period} | {rule.action} | {rule.why} | {rule.source} |" for rule in rules())
    return head + "\n".join(lines) + "\n"
