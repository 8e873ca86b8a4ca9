"""Writing conventions. What is signed is not changed any more, save the date of its transmission."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import User
from coexist.common.history import recorded

from ..models import Agreement, Signatory
from ..services import PartnershipError
from .drafts import draft_of
from .enums import NEXT_STATUS, AgreementStatus, Foreign


@transaction.atomic
def save_agreement(*, agreement: Agreement, signatories: Mapping[int, tuple[str, str]], acting_user: User) -> Agreement:
    """Keep a draft; `signatories` are name and capacity by actor, an empty name for none.

    Raises PartnershipError for a foreign State (CGCT, art. L1115-5), and once it has been sent.
    """
    if not agreement.pk and agreement.form_key:
        existing = Agreement.objects.filter(form_key=agreement.form_key).first()
        if existing is not None:
            return existing
    refuse_state(agreement.foreign)
    if agreement.pk:
        _locked(agreement, [AgreementStatus.DRAFT])
    if agreement.foreign != Foreign.LOCAL:
        agreement.transmitted_on = None
    with recorded(by=acting_user):
        agreement.save()
    for actor, (name, capacity) in signatories.items():
        rows = Signatory.objects.filter(agreement=agreement, actor=actor)
        if not name:
            rows.delete()
        elif agreement.partnership.parties.filter(actor=actor).exists():
            Signatory.objects.update_or_create(
                agreement=agreement, actor_id=actor, defaults={"name": name, "capacity": capacity}
            )
    return agreement


@transaction.atomic
def save_text(*, agreement: Agreement, text: str, acting_user: User) -> Agreement:
    """The parties' own words; an empty text goes back to the template."""
    locked = _locked(agreement, [AgreementStatus.DRAFT])
    locked.text = text
    with recorded(by=acting_user):
        locked.save(update_fields=["text"])
    return locked


@transaction.atomic
def change_status(
    *, agreement: Agreement, to: str, seen: str, acting_user: User, on: date | None = None,
    signed_file: ContentFile | None = None,
) -> Agreement:  # fmt: skip
    """Draft, sent, signed. `seen` is the status on the page that was sent; raises PartnershipError.

    Signed needs the signed file, and the draft it was made of is then fixed.
    """
    locked = _locked(agreement, [AgreementStatus(seen)] if seen in AgreementStatus.values else [])
    refuse_state(locked.foreign)
    if to not in NEXT_STATUS[AgreementStatus(locked.status)]:
        raise PartnershipError(_("Une convention est d'abord un brouillon, puis envoyée, puis signée."))
    day = on or timezone.localdate()
    if to == AgreementStatus.SIGNED:
        if signed_file is None:
            raise PartnershipError(_("Joignez l'exemplaire signé."))
        if day > timezone.localdate():
            raise PartnershipError(_("Une convention ne peut pas être signée dans l'avenir."))
        locked.signed_file, locked.signed_on = signed_file, day
    if to == AgreementStatus.SENT:
        locked.text = draft_of(locked)  # what is signed no longer follows the template
    locked.sent_on = day if to == AgreementStatus.SENT else None if to == AgreementStatus.DRAFT else locked.sent_on
    locked.status = AgreementStatus(to)
    with recorded(by=acting_user):
        locked.save()
    return locked


@transaction.atomic
def record_transmission(*, agreement: Agreement, on: date, acting_user: User) -> Agreement:
    """To the prefect: a convention with a foreign local authority takes effect then (CGCT, art. L1115-1)."""
    locked = _locked(agreement, [AgreementStatus.SIGNED])
    if locked.foreign != Foreign.LOCAL:
        raise PartnershipError(_("Seule une convention avec une autorité locale étrangère est transmise au préfet."))
    if locked.signed_on and on < locked.signed_on:
        raise PartnershipError(_("Elle est transmise une fois signée : cette date vient avant la signature."))
    if on > timezone.localdate():
        raise PartnershipError(_("Cette date est dans l'avenir."))
    locked.transmitted_on = on
    with recorded(by=acting_user):
        locked.save(update_fields=["transmitted_on"])
    return locked


def refuse_state(foreign: str) -> None:
    if foreign == Foreign.STATE:
        raise PartnershipError(
            _(
                "Une collectivité ne peut pas conclure de convention avec un État étranger (CGCT, art. L1115-5). "
                "Elle le peut avec ses autorités locales."
            )
        )


def _locked(agreement: Agreement, allowed: Iterable[str]) -> Agreement:
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if locked.status not in list(allowed):
        raise PartnershipError(
            _("Cette convention est maintenant à l'état « %(status)s » : relisez-la avant de continuer.")
            % {"status": locked.get_status_display()}
        )
    return locked
