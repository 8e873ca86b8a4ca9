"""Many keys in one parameter: a thousand parameters cost a query more than a thousand rows."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL


def among(keys: Iterable[int]) -> RawSQL:
    """For `pk__in`, where `keys` may be many."""
    return RawSQL("SELECT unnest(%s::bigint[])", (list(keys),))
