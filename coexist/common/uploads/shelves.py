"""The folders of stored files: which exist, and how a browser may use what is in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Shelf:
    """A folder of the storage, and the model field that names its files.

    `inline` is for images that we wrote ourselves; anything else is only ever downloaded. `plays` are endings of
    sounds, videos and subtitles, which a page's player gets under their own type: it runs no program.
    `may_read` tells who gets a file; without it, whoever has the address: names are of chance, and
    nothing personal stands in such a folder. `name_of` tells what a download is called on the reader's machine.
    """

    folder: str
    model: str
    field: str
    inline: bool = False
    plays: Mapping[str, str] | None = None  # ending -> media type
    may_read: Callable[[Any, str], bool] | None = None
    name_of: Callable[[str], str] | None = None


_shelves: dict[str, Shelf] = {}


def register_shelf(shelf: Shelf) -> None:
    _shelves[shelf.folder] = shelf


def shelf_of(folder: str) -> Shelf | None:
    return _shelves.get(folder)


def shelves() -> list[Shelf]:
    return list(_shelves.values())


def file_url(name: str | None) -> str:
    """Where this site serves a stored file, whichever storage holds it; "" where there is none."""
    return f"{settings.MEDIA_URL}{name}" if name else ""
