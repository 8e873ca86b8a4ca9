"""Vectors and stems of resources: made by the worker, never while somebody waits."""

from collections.abc import Iterable

from coexist.common.language.index import index_rows

from ..models import Resource

CHUNK = 100
READ = ("title", "summary", "headings", "index_key")


def index(keys: Iterable[int]) -> int:
    """Bring these resources up to date, hidden ones too; return how many were not."""
    return index_rows(Resource.objects.filter(pk__in=list(keys)).only(*READ))


def index_all() -> int:
    """Those that no worker was told of, or that were written while it was away."""
    keys = list(Resource.objects.order_by("pk").values_list("pk", flat=True))
    return sum(index(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))
