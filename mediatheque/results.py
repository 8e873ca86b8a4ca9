"""What the médiathèque answers to one address."""

from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from coexist.common.results import Results
from coexist.common.search import ranked, search_query

NEWEST = (F("published_at").desc(nulls_last=True), "-pk")


class ResourceResults(Results):
    """By full text of what describes a resource."""

    orders = {"": NEWEST, "newest": NEWEST, "year": ("-year", *NEWEST), "title": ("title", "pk")}

    @property
    def found(self) -> None:
        """No search by meaning."""
        return None

    @cached_property
    def _matching(self) -> QuerySet:
        query = search_query(self.given.get("q") or "")
        return self._rows if query is None else ranked(self._rows, query)

    @property
    def _narrowable(self) -> QuerySet:
        return self._matching

    def in_order(self) -> Any:
        sort = self.given.get("sort") or ""
        if sort or self._matching is self._rows:
            return self.all.order_by(*self.orders[sort])
        return self.all.order_by("-rank", *self.orders[""])
