"""What the agenda answers to one address: a list, a month, a map, all of the same dates."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone

from coexist.common.results import Results

from .filters import LIST, AgendaFilter
from .models import Occurrence
from .querysets import OccurrenceQuerySet

NEXT_FIRST, LAST_FIRST = ("starts_at", "pk"), ("-starts_at", "-pk")


class Agenda(Results):
    """Dates of public events; those to come, unless a period or the past is asked for."""

    filter: AgendaFilter

    def __init__(self, rows: OccurrenceQuerySet, asked: AgendaFilter) -> None:
        if asked.is_valid():
            rows = asked.before_facets(rows)
        self.every_day = rows
        super().__init__(rows, asked)
        if self.is_past:
            self._rows = rows.past()
        elif not self.given.get("du") and not self.given.get("au"):
            self._rows = rows.to_come()

    wanted = None

    @property
    def view(self) -> str:
        return self.given.get("vue") or LIST

    @property
    def is_past(self) -> bool:
        return bool(self.given.get("passe"))

    @cached_property
    def month(self) -> date:
        """Asked for; else that of the first day asked for, or this one."""
        asked = self.given.get("mois") or self.given.get("du") or timezone.localdate()
        return asked.replace(day=1)

    @property
    def of_any_day(self) -> OccurrenceQuerySet:
        """As narrowed, whatever the day: what a month shows."""
        return cast(OccurrenceQuerySet, self.filter.narrow(self.every_day))

    def in_order(self) -> QuerySet:
        return self.all.order_by(*(LAST_FIRST if self.is_past else NEXT_FIRST))

    def complete(self, rows: Sequence[Occurrence]) -> None:
        """Nothing is searched by meaning here: the words stand in the text."""
