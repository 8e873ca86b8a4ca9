"""The files of partnerships: only their parties and the animators get them."""

from typing import Any

from coexist.common.uploads.shelves import Shelf, register_shelf

from .models import Agreement, Document


def _may_read_document(user: Any, path: str) -> bool:
    return Document.objects.visible_to(user).filter(file=path).exists()


def _may_read_agreement(user: Any, path: str) -> bool:
    return Agreement.objects.visible_to(user).filter(signed_file=path).exists()


register_shelf(Shelf("partenariats", "following.Document", "file", may_read=_may_read_document))
register_shelf(Shelf("conventions", "following.Agreement", "signed_file", may_read=_may_read_agreement))
