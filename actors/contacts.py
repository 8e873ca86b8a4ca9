"""Writing an actor's contacts, as its form gives them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import Actor, Contact

MOST_CONTACTS = 8


@dataclass(frozen=True)
class ContactRow:
    """A line of the form: of a contact there is (`pk`), or of a new one; `removed` when its box is ticked."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    is_public: bool = False
    pk: int | None = None
    removed: bool = False

    @property
    def fields(self) -> dict[str, str | bool]:
        said = {"name": self.name, "role": self.role, "email": self.email, "phone": self.phone}
        return {**said, "is_public": self.is_public}


def save_contacts(actor: Actor, rows: Iterable[ContactRow]) -> None:
    """Write what the lines say; contacts that no line names stay. Runs in the caller's transaction.

    A line of a contact deleted meanwhile is written as a new one; a new line already there (the second
    of two clicks) writes nothing.
    """
    present = {contact.pk: contact for contact in actor.contacts.all()}
    for row in rows:
        contact = present.get(row.pk) if row.pk else None
        if row.removed:
            if contact is not None:
                contact.delete()
        elif contact is not None:
            _update(contact, row)
        elif not actor.contacts.filter(**row.fields).exists():
            Contact.objects.create(actor=actor, **row.fields)


def forget_contacts(contacts: QuerySet[Contact]) -> None:
    """Delete people's details with all their earlier versions: nothing personal outlives its reason."""
    keys = list(contacts.values_list("pk", flat=True))
    contacts.delete()
    Contact.history.filter(id__in=keys).delete()


def _update(contact: Contact, row: ContactRow) -> None:
    for name, value in row.fields.items():
        setattr(contact, name, value)
    contact.save()
