"""What of a need and of an offer is material: a match is told again only where this changed.

Words count by their stems in the title: a slip put right, a plural, a longer detail make nothing new.
Of skills only what is added counts: a skill that leaves the taxonomy is no news to anybody.
"""

import hashlib
import json

from actors.models import Offer
from coexist.common.language.text import stems
from projects.models import Need

Part = dict  # {"is": digest, "skills": keys}; JSON, as it is stored


def of_need(need: Need) -> Part:
    dates = [str(need.starts_on or ""), str(need.ends_on or "")]
    return _part(need, dates, need.project.territories)


def of_offers(offers: list[Offer]) -> dict[str, Part]:
    """By key, as JSON has it."""
    return {str(offer.pk): _of_offer(offer) for offer in offers}


def has_news(seen: dict, now: dict, offer: int | None) -> bool:
    """Whether the need, or the offer that answers it best, is another than when the pair was `seen`."""
    key = str(offer)
    return _changed(seen["need"], now["need"]) or (
        key in now["offers"] and _changed(seen["offers"].get(key), now["offers"][key])
    )


def _of_offer(offer: Offer) -> Part:
    dates = [str(offer.available_from or ""), str(offer.available_until or "")]
    return _part(offer, dates, offer.territories)


def _part(row: Need | Offer, dates: list[str], territories: list[str]) -> Part:
    words = sorted(set(stems(row.title))) or [row.title]
    facts = [words, row.kind, sorted(row.modes), dates, sorted(territories)]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
    return {"is": digest, "skills": sorted(skill.pk for skill in row.skills.all())}


def _changed(before: Part | None, now: Part) -> bool:
    return before is None or before["is"] != now["is"] or not set(now["skills"]) <= set(before["skills"])
