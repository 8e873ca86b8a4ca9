"""An actor's public facts in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from coexist.common.structured import without_empty
from coexist.common.territories import name_of

from .enums import ActorKind, ActorSize
from .models import Actor, Contact

TYPES: dict[str, str] = {
    ActorKind.NGO: "NGO",
    ActorKind.COMPANY: "Corporation",
    ActorKind.COLLECTIVITE: "GovernmentOrganization",
    ActorKind.UNIVERSITY: "CollegeOrUniversity",
    ActorKind.PUBLIC_AGENCY: "GovernmentOrganization",
}
SIZES = {
    ActorSize.NONE: (0, 0), ActorSize.TO_9: (1, 9), ActorSize.TO_49: (10, 49), ActorSize.TO_249: (50, 249),
    ActorSize.MORE: (250, None),
}  # fmt: skip


def organization(actor: Actor, contacts: Iterable[Contact]) -> dict[str, Any]:
    """Facts of an approved actor; of `contacts` the public ones only."""
    public = [contact for contact in contacts if contact.is_public]
    return without_empty(
        {
            "@type": TYPES.get(actor.kind, "Organization"),
            "name": actor.name,
            "alternateName": actor.acronym,
            "description": actor.summary,
            "url": settings.SITE_URL + actor.get_absolute_url(),
            "logo": settings.SITE_URL + actor.logo_url if actor.logo else "",
            "sameAs": actor.website,
            "address": _address(actor),
            "areaServed": [str(name_of(code)) for code in actor.territories],
            "knowsLanguage": actor.languages,
            "numberOfEmployees": _employees(actor.size),
            "identifier": actor.registration,
            "contactPoint": [_contact(contact) for contact in public],
        }
    )


def _address(actor: Actor) -> dict[str, Any]:
    said = without_empty(
        {
            "streetAddress": actor.address,
            "postalCode": actor.postcode,
            "addressLocality": actor.city,
        }
    )
    return {"@type": "PostalAddress", **said, "addressCountry": str(actor.country)} if said else {}


def _employees(size: str) -> dict[str, Any]:
    if size not in ActorSize.values:
        return {}
    least, most = SIZES[ActorSize(size)]
    bounds = {"minValue": least} if most is None else {"minValue": least, "maxValue": most}
    return {"@type": "QuantitativeValue", **bounds}


def _contact(contact: Contact) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "ContactPoint",
            "name": contact.name,
            "contactType": contact.role,
            "email": contact.email,
            "telephone": contact.phone,
        }
    )
