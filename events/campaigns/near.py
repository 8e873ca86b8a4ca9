"""Près de chez moi: from a postcode or a territory to the people who coordinate there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.models import Actor, Contact
from coexist.common.places import place_of
from coexist.common.territories import name_of, parents, with_parents

from .models import Campaign, Coordination

COUNTRIES = ("FR", "CH")
MOST_COORDINATIONS = 300


@dataclass(frozen=True)
class Coordinator:
    actor: Actor
    territories: Sequence[str]
    contacts: Sequence[Contact]  # public ones only

    @property
    def names(self) -> list[str]:
        return [str(name_of(code)) for code in self.territories]


def territory_of(postcode: str, country: str, city: str = "") -> str | None:
    """The département or canton of an address; None where it names none."""
    found = place_of(country=country, postcode=postcode, city=city) if country in COUNTRIES else None
    return found.code if found and found.code != country else None


def coordinators(campaign: Campaign, code: str) -> list[Coordinator]:
    """Who coordinates the territory `code`: those whose ground holds it; else those whose ground lies in it."""
    rows = _standing(campaign)
    around = with_parents(code)
    found = [row for row in rows if row.territory in around] or [
        row for row in rows if code in with_parents(row.territory)
    ]
    return _with_contacts(sorted(found, key=lambda row: (-len(with_parents(row.territory)), row.pk)))


def everybody(campaign: Campaign) -> list[Coordinator]:
    return _with_contacts(_standing(campaign))


def holder_for(campaign: Campaign, reach: Iterable[str]) -> Actor:
    """Who keeps the event of a structure that is no actor: the nearest coordinator, else the project's lead."""
    around = set(reach)
    rows = [row for row in _standing(campaign) if row.territory in around]
    if not rows:
        return campaign.project.lead
    return min(rows, key=lambda row: (-len(with_parents(row.territory)), row.pk)).actor


def _standing(campaign: Campaign) -> list[Coordination]:
    rows = Coordination.objects.standing().filter(campaign=campaign).select_related("actor")
    slim = rows.defer("actor__vector", "actor__stems", "actor__search", "actor__description")
    return list(slim.order_by("territory", "pk")[:MOST_COORDINATIONS])


def _with_contacts(rows: Sequence[Coordination]) -> list[Coordinator]:
    by_actor: dict[int, list[Coordination]] = {}
    for row in rows:
        by_actor.setdefault(row.actor_id, []).append(row)
    contacts: dict[int, list[Contact]] = {key: [] for key in by_actor}
    for contact in Contact.objects.shown_to(None).filter(actor__in=list(by_actor)):
        contacts[contact.actor_id].append(contact)
    return [
        Coordinator(grounds[0].actor, [row.territory for row in grounds], contacts[key])
        for key, grounds in by_actor.items()
    ]


# Départements that keep another time than Paris (IANA time zones).
_ZONES = {
    "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne", "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}  # fmt: skip


def zone_of(code: str | None) -> str:
    """The time that people read where an activity takes place."""
    if code and code.startswith("CH"):
        return "Europe/Zurich"
    return _ZONES.get(code or "", "Europe/Paris")


def narrow_choices(campaign: Campaign) -> list[tuple[str, str]]:
    """The départements and cantons of the campaign, by name."""
    wide = set(campaign.territories)
    inside = {code for code in parents() if wide & set(with_parents(code)) and not code.startswith("FR-")}
    codes = inside or wide
    return sorted(((code, str(name_of(code))) for code in codes), key=lambda choice: choice[1])
