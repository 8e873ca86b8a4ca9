"""Where the files of resources are served from, and to whom."""

from typing import Any

from coexist.common.uploads.shelves import Shelf, register_shelf

from .models import Resource, ResourceFile
from .sniffing import PLAYED


def _may_read(user: Any, path: str) -> bool:
    return ResourceFile.objects.visible_to(user).filter(file=path).exists()


def _may_see_thumbnail(user: Any, path: str) -> bool:
    return ResourceFile.objects.visible_to(user).filter(thumbnail=path).exists()


def _may_see_cover(user: Any, path: str) -> bool:
    return Resource.objects.visible_to(user).filter(image=path).exists()


def _name_of(path: str) -> str:
    return ResourceFile.objects.filter(file=path).values_list("name", flat=True).first() or ""


register_shelf(
    Shelf("mediatheque", "mediatheque.ResourceFile", "file", plays=PLAYED, may_read=_may_read, name_of=_name_of)
)
register_shelf(Shelf("vignettes", "mediatheque.ResourceFile", "thumbnail", inline=True, may_read=_may_see_thumbnail))
register_shelf(Shelf("couvertures", "mediatheque.Resource", "image", inline=True, may_read=_may_see_cover))
