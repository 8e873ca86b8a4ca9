"""Querysets as parts of statements of our own."""

from collections.abc import Sequence

from django.db.models import QuerySet


def compiled(rows: QuerySet) -> tuple[str, Sequence]:
    """SQL and its parameters; also of a queryset that can have no rows, which Django would not write at all."""
    return rows.query.get_compiler(rows.db, elide_empty=False).as_sql()
