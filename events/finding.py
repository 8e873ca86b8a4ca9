"""How events are found by the search over everything: one row for all its dates, the past ones behind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coexist.common.finding.findable import Findable, Told, register_findable
from coexist.common.labels import label_of

from .enums import EventKind, EventState
from .models import Event, Occurrence
from .querysets import OccurrenceQuerySet


def told(row: Mapping[str, Any]) -> Told:
    facts = [label_of(EventKind, row["kind"]), _when(row), row["city"]]
    return Told(reverse("event-detail", args=[row["slug"]]), [fact for fact in facts if fact])


def _when(row: Mapping[str, Any]) -> str:
    if row["state"] == EventState.CANCELLED:
        return _("annulé")
    if row["next_at"] is None:
        return _("passé")
    return date_format(datetime.fromisoformat(row["next_at"]).astimezone(ZoneInfo(row["zone"])), "j F Y")


def _to_come() -> OccurrenceQuerySet:
    return Occurrence.objects.to_come().filter(event=OuterRef("pk"), is_cancelled=False)


register_findable(
    Findable(
        code="agenda", name=gettext_lazy("Événement"), label=gettext_lazy("Événements"),
        list_label=gettext_lazy("l'agenda"), list_name="agenda",
        rows=lambda user: Event.objects.public(),
        told=told,
        columns=("slug", "kind", "state", "city", "zone"),
        expressions=lambda: {"next_at": Subquery(_to_come().order_by("starts_at").values("starts_at")[:1])},
        lesser=lambda: Q(state=EventState.CANCELLED) | Q(~Exists(_to_come())),
    )
)  # fmt: skip
