"""Files that no row names any more: of rows deleted, of transactions that failed after the file was written."""

from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from .shelves import Shelf, shelves

AGE = timedelta(days=1)  # a file younger than this may belong to a transaction under way


def forget_orphans() -> int:
    """Delete them on every shelf; returns how many."""
    return sum(_forget(shelf) for shelf in shelves())


def _forget(shelf: Shelf) -> int:
    named = set(apps.get_model(shelf.model)._base_manager.values_list(shelf.field, flat=True))
    try:
        _folders, files = default_storage.listdir(shelf.folder)
    except FileNotFoundError:  # nothing was ever stored there
        return 0
    unnamed = [path for path in (f"{shelf.folder}/{name}" for name in files) if path not in named]
    old = [path for path in unnamed if default_storage.get_modified_time(path) < timezone.now() - AGE]
    for path in old:
        default_storage.delete(path)
    return len(old)
