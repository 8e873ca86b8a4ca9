"""A result of the directory as a sheet: public columns only."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coexist.common.territories import name_of

from ..enums import Mode
from ..models import Actor

MOST_ROWS = 5_000
COLUMNS = (
    _("Nom"), _("Sigle"), _("Type"), _("En une phrase"), _("Ville"), _("Pays"), _("Territoires"), _("Thèmes (ODD)"),
    _("Offres"), _("Modalités"), _("Site web"), _("Confirmé le"), _("Page"),
)  # fmt: skip


def sheet(actors: Iterable[Actor], site_url: str) -> Iterator[list[str]]:
    """Headings, then one row for each actor."""
    yield [str(column) for column in COLUMNS]
    for actor in actors:
        yield _row(actor, site_url)


def rows_of(actors: "QuerySet[Actor] | Any") -> Iterable[Actor]:
    """At most MOST_ROWS, read in pieces."""
    piece = 500
    for start in range(0, MOST_ROWS, piece):
        rows = list(actors[start : start + piece])
        yield from rows
        if len(rows) < piece:
            return


def _row(actor: Actor, site_url: str) -> list[str]:
    return [
        actor.name, actor.acronym, actor.get_kind_display(), actor.summary, actor.city, name_of(str(actor.country)),
        ", ".join(name_of(code) for code in actor.territories), ", ".join(str(theme) for theme in actor.themes),
        " | ".join(offer.title for offer in actor.card_offers),
        ", ".join(str(Mode(mode).label) for mode in actor.offer_modes if mode in Mode.values),
        actor.website, f"{actor.confirmed_at:%Y-%m-%d}", site_url + actor.get_absolute_url(),
    ]  # fmt: skip
