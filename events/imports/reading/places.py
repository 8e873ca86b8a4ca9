"""Where an event takes place, out of one line of text."""

import re
from typing import Any

_POSTCODE = re.compile(r"\b([0-9]{4,5})\s+([^,\n0-9]{2,100})")
_POSITION = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*;\s*(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*")
_FIVE = 5  # digits of a French postcode; Swiss ones have four


def place_in(text: str, position: str = "") -> dict[str, Any]:
    """place, address, postcode, city, country, online_url; latitude and longitude where they are given."""
    found: dict[str, Any] = {
        "place": "", "address": "", "postcode": "", "city": "", "country": "FR", "online_url": "", "position": None,
    }  # fmt: skip
    text = " ".join(text.replace("\n", ", ").split()).strip(" ,")
    if text.startswith(("https://", "http://")):
        return found | {"online_url": text.split(" ")[0][:200]}
    town = _POSTCODE.search(text)
    if town is not None:
        found["postcode"], found["city"] = town[1], town[2].strip(" ,.")[:100]
        found["country"] = "FR" if len(town[1]) == _FIVE else "CH"
        text = text[: town.start()].strip(" ,-")
    place, _comma, address = text.partition(",")
    if place[:1].isdigit() and not address:
        place, address = "", place
    found["place"], found["address"] = place.strip()[:120], address.strip()[:200]
    return found | {"position": _position(position)}


def _position(text: str) -> list[float] | None:
    found = _POSITION.fullmatch(text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    inside = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return [latitude, longitude] if inside else None
