"""Pictures of achievements: public with their page, and gone with it."""

from typing import Any

from coexist.common.uploads.shelves import Shelf, register_shelf

from .models import Picture


def _may_see(user: Any, path: str) -> bool:
    return Picture.objects.visible_to(user).filter(image=path).exists()


register_shelf(Shelf("realisations", "achievements.Picture", "image", inline=True, may_read=_may_see))
