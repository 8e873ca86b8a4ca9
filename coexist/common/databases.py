"""Databases beside the usual one, for evaluation and benches; the usual one is not touched."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone


@contextmanager
def scratch_database() -> Iterator[None]:
    """An empty, migrated database of its own for the block."""
    usual = connection.settings_dict["NAME"]
    scratch = f"{usual[:40]}_scratch_{timezone.now():%H%M%S%f}"
    _create(scratch)
    try:
        _migrate(scratch)
        yield
    finally:
        _switch_to(usual)
        _drop(scratch)


@contextmanager
def kept_database(name: str, made_by: str, build: Callable[[], None]) -> Iterator[bool]:
    """What `build` puts into an empty, migrated database, made once and found again; True when made now.

    Another state of the migrations, or of what `made_by` says of the builder, makes another one.
    """
    usual = connection.settings_dict["NAME"]
    state = repr(sorted(MigrationLoader(None).disk_migrations)) + made_by
    kept = f"{name}_{hashlib.sha256(state.encode()).hexdigest()[:10]}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        missing = cursor.fetchone() is None
    try:
        if missing:
            _drop(f"{kept}_unfinished")
            _create(f"{kept}_unfinished")
            _migrate(f"{kept}_unfinished")
            build()
            _switch_to(usual)
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{kept}_unfinished" RENAME TO "{kept}"')
        _switch_to(kept)
        yield missing
    finally:
        _switch_to(usual)


def _create(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')


def _drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(name: str) -> None:
    _switch_to(name)
    call_command("migrate", verbosity=0, interactive=False)


def _switch_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
