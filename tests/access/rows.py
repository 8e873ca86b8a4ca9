"""Was anything written?"""

from django.apps import apps
from django.db import connection

OWN_APPS = (
    "actors", "common", "pages", "projects", "matching", "partnerships", "account", "auth", "mfa", "usersessions",
    "imports",
)  # fmt: skip


def writes() -> dict[str, int]:
    """Rows inserted, changed and deleted so far in this transaction, by table of the project's models.

    PostgreSQL counts them itself, also those that a savepoint took back.
    """
    models = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [tables],
        )
        return dict(cursor.fetchall())
