"""How a room's rows are found by the search over everything, declared by the room that owns them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True)
class Told:
    """What a row of the results says beside its title: its address, and a few facts above the title."""

    url: str
    facts: list[str]


@dataclass(frozen=True)
class Parts:
    """Rows of another model that speak for those `owner` points to: an actor answers by its offers."""

    model: type[Model]
    owner: str
    title: str = "title"


@dataclass(frozen=True)
class Findable:
    """The rows of a model that has a `search` column (full text) and a plain title with an index of trigrams.

    `rows` gives what a person may see: nothing else is ever found, counted or suggested. `texts` are the columns
    from which a passage is cut. `columns` names what `told` needs, as arguments of `values()`: paths, or expressions
    under a name; dates arrive as ISO 8601 texts. Rows that meet `lesser` stand behind others that answer as well.
    """

    code: str  # in the address
    name: Any  # lazy translations: of one row, of all of them, and of the list that `list_name` is the URL of
    label: Any
    list_label: Any
    list_name: str
    rows: Callable[[Any], QuerySet]
    told: Callable[[Mapping[str, Any]], Told]
    title_column: str = "title"
    title_key: str = "title_key"
    texts: tuple[str, ...] = ("summary", "description")
    columns: tuple[str, ...] = ()
    expressions: Callable[[], Mapping[str, Any]] = field(default=dict)
    parts: Parts | None = None
    has_meaning: bool = False  # its `vector` has an index by which the nearest are found; its parts have vectors
    lesser: Callable[[], Q] | None = None

    def list_url(self, words: str) -> str:
        """The room's own list, searched for the same words."""
        return f"{reverse(self.list_name)}?{urlencode({'q': words})}"


_findables: dict[str, Findable] = {}


def register_findable(findable: Findable) -> None:
    """Found and shown in the order of declaration, which is that of the apps."""
    _findables[findable.code] = findable


def findables() -> list[Findable]:
    return list(_findables.values())
