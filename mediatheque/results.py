"""What the médiathèque answers to one address."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import F

from coexist.common import hybrid
from coexist.common.hybrid import Found, Searched
from coexist.common.results import Results
from coexist.common.wanted import Wanted

from .models import Resource
from .search.passages import attach_passages
from .search.terms import Terms, terms_of
from .search.texts import answers, with_answers

NEWEST = (F("published_at").desc(nulls_last=True), "-pk")


class ResourceResults(Results):
    """By what describes a resource, its meaning, the text of its pages and what is said in it."""

    searched = Searched(Resource, name="title_key", skills="skill_keys")
    orders = {"": NEWEST, "newest": NEWEST, "year": ("-year", *NEWEST), "title": ("title", "pk")}

    @cached_property
    def terms(self) -> Terms:
        return terms_of(self.wanted) if self.wanted is not None else Terms(())

    def complete(self, rows: Sequence[Any]) -> None:
        """Give the resources of one page the passages that answer."""
        if self.wanted is None or not rows:
            return
        if self.terms.each:
            attach_passages(rows, self.terms, self.wanted.text)
        for row in rows:
            row.title_pieces = self.terms.wording.pieces(row.title)
            row.summary_pieces = self.terms.wording.pieces(row.summary)

    def _find(self, wanted: Wanted) -> Found:
        lists = [self.filter.narrow(self._rows), self._rows] if self.filter.chosen else [self._rows]
        found = hybrid.search(self.searched, lists, wanted)
        return with_answers(found, answers(lists, self.terms)) if self.terms.each else found
