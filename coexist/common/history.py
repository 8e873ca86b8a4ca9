"""Who changed which record, when and why: every version is kept, and shown in the administration.

The person comes from the request (HistoryRequestMiddleware), the reason from the service that writes:

    with recorded(why=reason, by=acting_user):
        actor.save()
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

# Worked out from the other columns: keeping their versions would tell nothing.
DERIVED = ("vector", "stems", "index_key", "search")


@dataclass(frozen=True)
class _Act:
    by: Any = None
    why: str = ""


_BY_THE_REQUEST = _Act()
_act: ContextVar[_Act] = ContextVar("act", default=_BY_THE_REQUEST)


@contextmanager
def recorded(*, why: str = "", by: Any = None) -> Iterator[None]:
    """What is saved in the block goes down in history with this reason and this person.

    Without `by`, the person of the request or of the block around.
    """
    token = _act.set(replace(_act.get(), why=why, **({"by": by} if by is not None else {})))
    try:
        yield
    finally:
        _act.reset(token)


class History(HistoricalRecords):
    """`history = History(_("…"), leave_out=[…])` on a model keeps each of its versions.

    A version outlives the row; its author is forgotten with the account.
    """

    def __init__(self, verbose_name: Any = None, *, leave_out: tuple[str, ...] = (), **options: Any) -> None:
        options.setdefault("verbose_name_plural", verbose_name)
        super().__init__(verbose_name=verbose_name, excluded_fields=[*leave_out], **options)

    def get_history_user(self, instance: models.Model) -> Any:
        return _act.get().by or super().get_history_user(instance)

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: Any) -> str:
        return _act.get().why

    def get_extra_fields(self, model: type[models.Model], fields: dict) -> dict:
        extra = super().get_extra_fields(model, fields)
        for name, label in _LABELS.items():
            extra[name].verbose_name = label
        return extra


_LABELS = {
    "history_id": _("version"),
    "history_date": _("le"),
    "history_change_reason": _("motif"),
    "history_type": _("changement"),
    "history_user": _("par"),
}
