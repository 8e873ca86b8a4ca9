"""The history of records told in words: who changed what, when and why, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .territories import name_of

PER_PAGE = 25
LONGEST = 400  # characters of a value told; the whole text is on the page itself
NOTHING = "—"
KINDS = {"+": _("ajout"), "~": _("modification"), "-": _("retrait")}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One version of one record, against the version before."""

    at: datetime
    who: Any
    kind: str
    record: str
    why: str
    changes: list[Change] = field(default_factory=list)


def story(histories: Sequence[models.QuerySet], number: Any) -> Page:
    """Page `number` of the entries of several histories, woven together; a fixed number of queries.

    `histories` are querysets of versions: [Actor.history.filter(id=1), Offer.history.filter(actor_id=1)].
    """
    keys = [
        history.order_by().annotate(source=Value(source)).values("source", "history_id", "history_date")
        for source, history in enumerate(histories)
    ]
    woven = keys[0].union(*keys[1:], all=True).order_by("-history_date", "-history_id")
    page = Paginator(woven, PER_PAGE).get_page(number)
    page.object_list = _entries(histories, list(page.object_list))
    return page


def _entries(histories: Sequence[models.QuerySet], keys: list[dict]) -> list[Entry]:
    wanted: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        wanted[key["source"]].append(key["history_id"])
    versions = {source: _with_previous(histories[source].model, pks) for source, pks in wanted.items()}
    names = _Names(version for pair in versions.values() for version in pair[1].values())
    return [_entry(*versions[key["source"]], key["history_id"], names) for key in keys]


def _with_previous(model: type[models.Model], pks: list[int]) -> tuple[dict[int, int | None], dict[int, Any]]:
    """(version -> the one before it), and the rows of both."""
    rows = model._default_manager
    before = rows.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    previous = dict(
        rows.filter(history_id__in=pks)
        .annotate(previous=Subquery(before.values("history_id")[:1]))
        .values_list("history_id", "previous")
    )
    both = rows.select_related("history_user").in_bulk([pk for pair in previous.items() for pk in pair if pk])
    return previous, both


def _entry(previous: dict[int, int | None], rows: dict[int, Any], pk: int, names: "_Names") -> Entry:
    version = rows[pk]
    before = rows.get(previous[pk])  # type: ignore[arg-type]
    changed = version.history_type == "~" and before is not None
    return Entry(
        at=version.history_date,
        who=version.history_user,
        kind=str(KINDS[version.history_type]),
        record=f"{version.instance_type._meta.verbose_name} « {names.of_record(version)} »",
        why=version.history_change_reason or "",
        changes=list(_changes(before, version, names)) if changed else [],
    )


def _changes(before: Any, after: Any, names: "_Names") -> Iterable[Change]:
    for tracked in after.tracked_fields:
        old, new = (getattr(version, tracked.attname) for version in (before, after))
        if old != new:
            yield Change(str(tracked.verbose_name), names.told(tracked, old), names.told(tracked, new))


class _Names:
    """Values in words; what keys point to is read once for all versions of the page."""

    def __init__(self, versions: Iterable[Any]) -> None:
        wanted: dict[type[models.Model], set] = defaultdict(set)
        for version in versions:
            for tracked in version.tracked_fields:
                if tracked.is_relation:
                    wanted[tracked.related_model].add(getattr(version, tracked.attname))
        self._rows = {model: model._base_manager.in_bulk(keys - {None}) for model, keys in wanted.items()}

    def of_record(self, version: Any) -> str:
        for name in ("name", "title"):
            if hasattr(version, name):
                return getattr(version, name)
        people = next((tracked for tracked in version.tracked_fields if tracked.name == "user"), None)
        return self.told(people, version.user_id) if people else str(version.id)

    def told(self, tracked: Any, value: Any) -> str:
        if value in (None, "", []):
            return NOTHING
        if tracked.is_relation:
            row = self._rows.get(tracked.related_model, {}).get(value)
            return str(row) if row is not None else str(_("n° %(key)s (effacé)") % {"key": value})
        if isinstance(value, list):
            say = name_of if tracked.name == "territories" else partial(_in_words, tracked.base_field)
            return ", ".join(say(one) for one in value)
        return Truncator(_in_words(tracked, value)).chars(LONGEST)


def _in_words(tracked: Any, value: Any) -> str:
    if tracked.choices:
        return str(dict(tracked.flatchoices).get(value, value))
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return date_format(value) if isinstance(value, date) else str(value)
