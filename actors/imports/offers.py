r"""The offers of an actor in one cell: one offer a line, its parts between bars.

    Relire des statuts | compétence | pro bono, mécénat de compétences | Le soir, à distance.

After the details come two dates, territories and skills, by their codes. Only the title and the modes
are needed. A bar or a line break inside a part is written \| or \n.
"""

import re
from datetime import date
from typing import Any

from ..enums import Mode, OfferKind
from ..models import Actor, Offer
from . import cells
from .problems import WrongError

MOST_OFFERS = 30
_PARTS = ("title", "kind", "modes", "detail", "available_from", "available_until", "territories", "skills")
_PART = re.compile(r"((?:\\.|[^|\\]|\\$)*)(?:\||$)")
_kind = cells.one_of(OfferKind, "offer_kind")
_mode = cells.several(cells.one_of(Mode, "offer_mode", {"mecenat": "mecenat_competences", "gratuit": "donation"}))


def read_offers(text: str) -> list[dict[str, Any]]:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_OFFERS:
        raise WrongError("too_many", count=len(lines), most=MOST_OFFERS)
    return [_read_offer(line) for line in lines]


def write_offers(actor: Actor) -> str:
    return "\n".join(_write_offer(offer) for offer in actor.offers.all())


def _read_offer(line: str) -> dict[str, Any]:
    parts = dict(zip(_PARTS, [_unescaped(part.strip()) for part in _PART.findall(line)], strict=False))
    title = " ".join(parts["title"].split())
    if not title or len(title) > 150:
        raise WrongError("offer_title")
    try:
        first, last = _date(parts.get("available_from", "")), _date(parts.get("available_until", ""))
        if first and last and last < first:
            raise WrongError("offer_parts", value=last)
        return {
            "title": title,
            "kind": _kind(parts["kind"]) if parts.get("kind") else str(OfferKind.SKILL),
            "modes": _modes(parts.get("modes", "")),
            "detail": cells.paragraphs(2000)(parts.get("detail", "")),
            "available_from": first,
            "available_until": last,
            "territories": cells.several(cells.territory)(parts["territories"]) if parts.get("territories") else [],
            # None: they are read in the title; "-": it has none.
            "skills": parts["skills"].removeprefix("-").split() if parts.get("skills") else None,
        }
    except WrongError as error:
        code = error.code if error.code in ("offer_kind", "offer_mode") else "offer_parts"
        value = error.params.get("value", parts.get("modes", ""))
        raise WrongError(code, title=title[:60], value=str(value)[:60]) from error


def _modes(text: str) -> list[str]:
    if not text:
        raise WrongError("offer_mode", value="")
    return _mode(text)


def _date(text: str) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongError("offer_parts", value=text) from error


def _write_offer(offer: Offer) -> str:
    parts = [
        offer.title, str(OfferKind(offer.kind).label), ", ".join(str(Mode(mode).label) for mode in offer.modes),
        offer.detail, _iso(offer.available_from), _iso(offer.available_until), ", ".join(offer.territories),
        " ".join(sorted(skill.code for skill in offer.skills.all())) or "-",
    ]  # fmt: skip
    return " | ".join(_escaped(part) for part in parts)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _escaped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("\n", "\\n").strip()


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), text)
