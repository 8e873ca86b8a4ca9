"""Where an address lies, roughly: the middle of its département, canton or country.

The file holds well-known approximate middles, in degrees (WGS 84): enough to place an organisation
on a map of a region without asking any service on the network.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coexist.common.language.text import normalise
from coexist.common.territories import canton_names

DATA = Path(__file__).parent / "data" / "positions.csv"
# Swiss postcodes follow the post's routes, not the cantons: first two digits, the canton most of them lie in.
# Source: list of postcodes of the Swiss Post (Répertoire officiel des localités), rounded.
SWISS = {
    "CH-GE": "12", "CH-VD": "10 11 13 14 18", "CH-FR": "15 16 17", "CH-VS": "19 39", "CH-NE": "20 21 23 24",
    "CH-JU": "28 29", "CH-BE": "22 25 26 27 30 31 32 33 34 35 36 37 38", "CH-BS": "40", "CH-BL": "41 42 44",
    "CH-SO": "45 46 47", "CH-AG": "43 48 50 51 52 53 54 55 56 57", "CH-LU": "60 61 62", "CH-ZG": "63",
    "CH-OW": "64", "CH-SZ": "88", "CH-TI": "65 66 67 68 69", "CH-GR": "70 71 72 73 74 75 76 77",
    "CH-ZH": "80 81 83 84 86 87 89", "CH-SH": "82", "CH-TG": "85", "CH-SG": "90 91 92 93 94 95 96 97",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A point in degrees, and the territory whose middle it is."""

    latitude: float
    longitude: float
    code: str


def place_of(*, country: str, postcode: str = "", city: str = "") -> Place | None:
    """The middle of the smallest territory that the address names; None where even the country is unknown."""
    candidates = {"FR": departement_of(postcode), "CH": _canton_of(postcode, city)}
    for code in (candidates.get(country), country):
        if code and code in middles():
            return Place(*middles()[code], code)
    return None


@cache
def middles() -> dict[str, tuple[float, float]]:
    """Territory -> latitude, longitude of its middle."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


def departement_of(postcode: str) -> str | None:
    """The département of a French postcode, by its first digits: 74100, 20090 (2A), 20200 (2B), 97400."""
    digits = re.sub(r"\s", "", postcode)
    if not re.fullmatch(r"[0-9]{5}", digits):
        return None
    if digits.startswith("20"):
        return "2A" if digits < "20200" else "2B"
    code = digits[:3] if digits.startswith("97") else digits[:2]
    return code if code in middles() else None


def _canton_of(postcode: str, city: str) -> str | None:
    """The canton of the same name (Genève, Fribourg), else the one where most of such postcodes lie."""
    town = normalise(city).strip()
    by_name = next((code for code, name in canton_names().items() if normalise(name) == town), None)
    digits = re.sub(r"[^0-9]", "", postcode)
    by_number = next((code for code, starts in SWISS.items() if digits[:2] in starts.split()), None)
    return by_name or (by_number if len(digits) == 4 else None)
