"""The contact of a sheet: three columns of its line, one private contact of the actor."""

from collections.abc import Callable
from typing import Any

from ..models import Actor, Contact

FIELDS = {"contact_name": "name", "contact_email": "email", "contact_phone": "phone"}


def contact_of(actor: Actor) -> Contact | None:
    """The oldest: for an actor that nobody took in hand, the one that the sheet brought."""
    return next(iter(actor.contacts.all()), None)


def address_of(actor: Actor) -> str:
    contact = contact_of(actor)
    return contact.email if contact else ""


def written(code: str) -> Callable[[Actor], str]:
    """What a column says of an actor."""
    return lambda actor: str(getattr(contact_of(actor), FIELDS[code], "") or "")


def write(actor: Actor, values: dict[str, Any]) -> None:
    """Keep the line's contact, where it has one."""
    given = {field: values[code] for code, field in FIELDS.items() if code in values}
    if given:
        Contact.objects.create(actor=actor, **given)
