"""Telling people that their data came to us by a sheet: what they are, why, until when, and how to say no.

RGPD, art. 14: who answers for the data (1a), the data protection officer (1b), purposes and legal basis (1c),
the data (1d), recipients (1e), how long (2a), the interest pursued (2b), rights (2c), complaint (2e), source (2f).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..enums import Role
from ..joining.invitations import InvitationError, invite
from ..models import Actor, User
from . import objections
from .columns import BY_CODE, PERSONAL
from .contact import address_of
from .models import Provenance
from .retention import UNCLAIMED_FOR


class NotToldError(Exception):
    """Nobody was written to; the message says why."""


@dataclass(frozen=True)
class Told:
    """How many were written to, and why the others were not."""

    written: int
    left_out: list[str]


def missing_settings() -> list[str]:
    """Settings without which the notice would not say what the law asks for."""
    return [name for name in ("LEGAL_CONTROLLER", "LEGAL_EMAIL", "LEGAL_DPO") if not settings.LEGAL[name].strip()]


def notice_text(actor: Actor, source: str, obtained_on: date) -> str:
    """The notice as plain text, in French: the address says nothing of its reader's language."""
    with translation.override(settings.LANGUAGE_CODE):
        told = [(column.label, column.write(actor)) for column in map(BY_CODE.get, PERSONAL) if column]
        held = [(label, text) for label, text in told if text]
        context = {
            "actor": actor, "source": source, "obtained_on": obtained_on, "held": held, "site_url": settings.SITE_URL,
            "controller": settings.LEGAL["LEGAL_CONTROLLER"], "controller_contact": settings.LEGAL["LEGAL_EMAIL"],
            "officer": settings.LEGAL["LEGAL_DPO"], "kept_days": UNCLAIMED_FOR.days,
            "objection_url": objections.objection_url(actor, address_of(actor)),
        }  # fmt: skip
        return render_to_string("imports/notice.txt", context).strip()


def tell(*, provenances: Iterable[Provenance], acting_user: User) -> Told:
    """Write to each actor's contact, once: the notice, with the invitation to take the page in hand."""
    written, left_out = 0, []
    for provenance in provenances:
        try:
            _tell_one(provenance, acting_user)
            written += 1
        except NotToldError as error:
            left_out.append(f"{provenance.actor} : {error}")
    return Told(written, left_out)


@transaction.atomic
def _tell_one(provenance: Provenance, acting_user: User) -> None:
    locked = Provenance.objects.select_for_update(of=("self",)).select_related("actor").get(pk=provenance.pk)
    actor = locked.actor
    _check_may_be_told(locked)
    try:
        invite(
            actor=actor, email=locked.address, role=Role.OWNER, acting_user=acting_user,
            as_owner_notice=notice_text(actor, locked.source, locked.obtained_on),
        )  # fmt: skip
    except InvitationError as error:
        raise NotToldError(str(error)) from error
    # One mail tells of all that is held, whatever sheets it came in.
    Provenance.objects.filter(actor=actor, told_at=None).update(told_at=timezone.now(), told_by=acting_user)


def _check_may_be_told(provenance: Provenance) -> None:
    if missing_settings():
        raise NotToldError(_("les coordonnées du responsable de traitement ne sont pas réglées."))
    if provenance.told_at is not None:
        raise NotToldError(_("la personne vient d'être informée."))
    address = provenance.address
    if provenance.objected_at is not None or (address and objections.stands(address)):
        raise NotToldError(_("la personne s'est opposée à être contactée."))
    if not address:
        raise NotToldError(_("aucune adresse e-mail n'est connue."))
    if provenance.actor.memberships.exists():
        raise NotToldError(_("l'acteur a déjà ses membres."))
