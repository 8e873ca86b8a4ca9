"""Made programmes: of a public campaign everybody gets them, like its page."""

from typing import Any

from coexist.common.uploads.shelves import Shelf, register_shelf
from events.campaigns.models import Campaign

from .models import ProgrammePrint


def _of(path: str) -> ProgrammePrint | None:
    return ProgrammePrint.objects.select_related("campaign").filter(file=path).first()


def _may_read(user: Any, path: str) -> bool:
    made = _of(path)
    return made is not None and Campaign.objects.visible_to(user).filter(pk=made.campaign_id).exists()


def _name(path: str) -> str:
    made = _of(path)
    return f"programme-{made.campaign.year}-{made.layout}.pdf" if made else "programme.pdf"


register_shelf(Shelf("programmes", "programme.ProgrammePrint", "file", may_read=_may_read, name_of=_name))
