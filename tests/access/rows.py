"""Was anything written?"""

from collections.abc import Collection

from django.apps import apps
from django.db import connection

OWN_APPS = (
    "actors", "common", "pages", "projects", "matching", "partnerships", "account", "auth", "mfa", "usersessions",
    "imports", "search", "following", "achievements", "support", "events", "registrations",
    "event_imports", "campaigns", "programme", "mediatheque",
)  # fmt: skip


def digest(only: Collection[str] | None = None) -> dict[str, str]:
    """Number and content of the rows of every table of the project's models, joins included; or of some of them."""
    content = "count(*) || ':' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '')"
    tables = sorted(_own_tables() if only is None else _own_tables() & set(only))
    if not tables:
        return {}
    parts = [f"SELECT '{name}', {content} FROM {name} t" for name in tables]  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


class Watch:
    """What requests write, within one transaction: only tables that PostgreSQL saw a row written to are read anew."""

    def __init__(self) -> None:
        self._standing, self._touched = digest(), _rows_touched()

    def written(self) -> list[str]:
        """Tables that hold something else than in the beginning; asked after each request."""
        before, self._touched = self._touched, _rows_touched()
        touched = [name for name, number in self._touched.items() if number != before.get(name, 0)]
        return sorted(name for name, content in digest(touched).items() if content != self._standing[name])


def _own_tables() -> set[str]:
    models = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.db_table for model in models}


def _rows_touched() -> dict[str, int]:
    """Rows inserted, changed and deleted by this transaction, what was rolled back to a savepoint included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())
