"""The people whose data came in a sheet say no: one signed link, one button (RGPD, art. 21)."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from coexist.common.mail.models import EmailOptOut

from ..contacts import forget_contacts
from ..models import Actor, Contact, Invitation
from .models import ImportLine, Provenance

SALT = "coexist.imports.objection"


def objection_url(actor: Actor, address: str) -> str:
    """Absolute address; it does not expire, since a right does not."""
    token = signing.Signer(salt=SALT).sign_object([actor.pk, address.lower()])
    return settings.SITE_URL + reverse("contact-objection", args=[token])


def read_token(token: str) -> tuple[int, str]:
    """Actor and address of a link; signing.BadSignature when it is none of ours."""
    pk, address = signing.Signer(salt=SALT).unsign_object(token)
    return int(pk), str(address)


def stands(address: str) -> bool:
    return EmailOptOut.stands(address, EmailOptOut.EVERYTHING)


@transaction.atomic
def object_to_contact(*, pk: int, address: str) -> None:
    """Take the address and its person off the actor, and never write there again. Twice is as once."""
    EmailOptOut.refuse_all(address)
    now = timezone.now()
    named = Exists(Contact.objects.filter(actor=OuterRef("actor"), email__iexact=address))
    told = Provenance.objects.filter(named, objected_at=None)
    for provenance in told.select_related("actor"):
        erase_contact(provenance)
        Provenance.objects.filter(pk=provenance.pk).update(objected_at=now)
    Provenance.objects.filter(actor=pk, objected_at=None).update(objected_at=now)
    Invitation.objects.filter(email__iexact=address, accepted_at=None).update(owner_notice="", revoked_at=now)
    forget_contacts(Contact.objects.filter(email__iexact=address, actor=pk, actor__memberships=None))
    _clear_lines(pk)


@transaction.atomic
def erase_contact(provenance: Provenance) -> None:
    """Empty the contact that an import wrote, unless the actor has people of its own by now."""
    actor = Actor.objects.select_for_update().get(pk=provenance.actor_id)
    if not actor.memberships.exists():
        forget_contacts(actor.contacts.all())
    _clear_lines(actor.pk)
    Provenance.objects.filter(pk=provenance.pk).update(erased_at=timezone.now())


def _clear_lines(actor: int) -> None:
    ImportLine.objects.filter(actor=actor).update(raw=[], values={}, keys=[], candidates=[])
