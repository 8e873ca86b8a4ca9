"""What an actor says now, against what the animators approved: kept as a snapshot, told field by field."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_countries import countries

from coexist.common.territories import name_of
from coexist.common.themes import Theme

from .enums import ActorKind, ActorSize, Language, Mode, OfferKind, RegistrationKind
from .models import Actor, Offer
from .registration import shown

PROFILE = (
    "name", "acronym", "kind", "summary", "description", "logo", "size", "address", "postcode", "city", "country",
    "territories", "themes", "languages", "website", "donation_url", "registration_kind", "registration_number",
)  # fmt: skip
OFFER = ("title", "detail", "kind", "modes", "territories", "available_from", "available_until")


@dataclass(frozen=True)
class Difference:
    """One line for an animator; "" before is something new, "" after something taken away."""

    label: str
    before: str
    after: str


def snapshot(actor: Actor) -> dict[str, Any]:
    """Profile and offers as JSON. Contacts are left out: they are people's data, and stay in one place only.

    So are offers that another page keeps: they were read there.
    """
    offers = actor.offers.filter(page="").prefetch_related("skills")
    return {
        "profile": {name: _plain(getattr(actor, name)) for name in PROFILE},
        "offers": {str(offer.pk): _offer(offer) for offer in offers},
    }


def mark_of(version: dict[str, Any]) -> str:
    """A short mark of one version: who accepts it says which one was on the screen."""
    return hashlib.sha256(json.dumps(version, sort_keys=True).encode()).hexdigest()[:16]


def differences(actor: Actor, now: dict[str, Any] | None = None) -> list[Difference]:
    """What changed since the last approval, in the order of the profile; nothing where none was kept."""
    if actor.approved_version is None:
        return []
    before, after = actor.approved_version, now or snapshot(actor)
    return [*_of_profile(before["profile"], after["profile"]), *_of_offers(before["offers"], after["offers"])]


def _of_profile(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name in PROFILE:
        if before.get(name) != after.get(name):
            label = str(Actor._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield _difference(label, *(_told(name, version) for version in (before, after)))


def _of_offers(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for key, offer in before.items():
        if key not in after:
            yield Difference(_("Offre retirée"), offer["title"], "")
    for key, offer in after.items():
        if key not in before:
            yield Difference(_("Nouvelle offre"), "", _offer_in_words(offer))
        elif before[key] != offer:
            yield from _of_offer(before[key], offer)


def _of_offer(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name in (*OFFER, "skills"):
        if before.get(name) != after.get(name):
            label = str(Offer._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            label = _("Offre « %(title)s » : %(what)s") % {"title": after["title"], "what": label}
            yield _difference(label, *(_told(name, version, of_offer=True) for version in (before, after)))


def _difference(label: str, before: str, after: str) -> Difference:
    """A new image or a longer text may read the same in words: then it is said that it changed."""
    return Difference(label, before, after if after != before else _("remplacé"))


# What is kept -----------------------------------------------------------------------------------


def _offer(offer: Offer) -> dict[str, Any]:
    kept = {name: _plain(getattr(offer, name)) for name in OFFER}
    return kept | {"skills": sorted(skill.code for skill in offer.skills.all())}


def _plain(value: Any) -> Any:
    """As JSON has it; lists sorted, since a form sends their values in the order of its choices."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else str(value)


# How it is said ---------------------------------------------------------------------------------


def _told(name: str, version: dict[str, Any], *, of_offer: bool = False) -> str:
    value = version.get(name)
    if value in (None, "", []):
        return ""
    if name == "registration_number":
        return shown(version.get("registration_kind") or "", value)
    if name == "kind":
        return _label(OfferKind if of_offer else ActorKind, value)
    return _SAYS[name](value) if name in _SAYS else str(value)


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else str(value)


def _labels(choices: Any) -> Callable[[list], str]:
    return lambda values: ", ".join(_label(choices, value) for value in values)


def _day(value: str) -> str:
    day = parse_date(value)
    return date_format(day) if day else value


_SAYS: dict[str, Callable[[Any], str]] = {
    "country": lambda code: str(countries.name(code)) or code,
    "logo": lambda name: _("une image"),
    "size": lambda code: _label(ActorSize, code),
    "registration_kind": lambda code: _label(RegistrationKind, code),
    "territories": lambda codes: ", ".join(name_of(code) for code in codes),
    "themes": _labels(Theme),
    "languages": _labels(Language),
    "modes": _labels(Mode),
    "skills": lambda codes: ", ".join(codes),
    "available_from": _day,
    "available_until": _day,
}


def _offer_in_words(offer: dict[str, Any]) -> str:
    parts = [offer["title"], _told("kind", offer, of_offer=True), _told("modes", offer), offer["detail"]]
    return " · ".join(part for part in parts if part)
