"""The draft of a convention: the animators' template with its words replaced, or what the parties made of it."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Agreement, AgreementTemplate
from .enums import Foreign

WORD = re.compile(r"{{\s*(\w+)\s*}}")


def draft_of(agreement: Agreement) -> str:
    """Markdown. A text that the parties wrote stays theirs; else the template with today's facts."""
    if agreement.text:
        return agreement.text
    template = AgreementTemplate.objects.filter(kind=agreement.kind).first()
    return fill(template.body, agreement) if template else ""


def fill(body: str, agreement: Agreement) -> str:
    """Each `{{ word }}` with its fact; what nobody filled in is said to be missing."""
    found: dict[str, str] = {}
    for word in set(WORD.findall(body)) & set(WORDS):
        label, fact = WORDS[word]
        found[word] = fact(agreement) or _("[à compléter : %(what)s]") % {"what": label}
    return WORD.sub(lambda match: found.get(match[1], match[0]), body)


def validate_words(body: str) -> None:
    """A template may only hold words that mean something."""
    unknown = sorted(set(WORD.findall(body)) - set(WORDS))
    if unknown:
        raise ValidationError(_("Ces mots ne sont pas connus : %(words)s.") % {"words": ", ".join(unknown)})


def money(amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return ""
    return f"{number_format(amount, 2, use_l10n=True, force_grouping=True)} {currency}"


def _parties(agreement: Agreement) -> str:
    rows = agreement.partnership.parties.select_related("actor").order_by("pk")
    return "\n".join(f"- **{_plain(row.actor.name)}**{_seat(row.actor)}" for row in rows)


def _seat(actor: Any) -> str:
    """Its address and number in a register, where known."""
    place = ", ".join(part for part in (actor.address, f"{actor.postcode} {actor.city}".strip()) if part)
    number = f"{actor.get_registration_kind_display()} {actor.registration_number}" if actor.registration_number else ""
    told = " ; ".join(part for part in (place, number) if part)
    return f", {_plain(told)}" if told else ""


def _signatories(agreement: Agreement) -> str:
    rows = agreement.signatories.select_related("actor")
    return "\n".join(f"- {_plain(row.actor.name)} : {_plain(row.name)}, {_plain(row.capacity)}" for row in rows)


def _prefect(agreement: Agreement) -> str:
    """CGCT, art. L1115-1; nothing for a convention without a foreign local authority."""
    if agreement.foreign != Foreign.LOCAL:
        return _("Sans objet : aucune autorité locale étrangère n'est partie à la convention.")
    when = _day(agreement.transmitted_on) or _("[date de la transmission]")
    return _(
        "Conclue avec une autorité locale étrangère, la convention entre en vigueur dès sa transmission au "
        "représentant de l'État (CGCT, art. L1115-1) : %(when)s."
    ) % {"when": when}


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _plain(text: str) -> str:
    """One line, and no mark of Markdown: names are not formatted."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


WORDS: dict[str, tuple[Any, Callable[[Agreement], str]]] = {
    "titre": (gettext_lazy("titre du partenariat"), lambda agreement: _plain(agreement.partnership.title)),
    "parties": (gettext_lazy("les parties"), _parties),
    "objet": (gettext_lazy("objet"), lambda agreement: agreement.object),
    "montant": (
        gettext_lazy("montant prévisionnel"), lambda agreement: money(agreement.amount, agreement.currency)
    ),
    "apport": (gettext_lazy("apport en nature ou en compétences"), lambda agreement: agreement.in_kind),
    "valorisation": (
        gettext_lazy("valorisation de l'apport"), lambda agreement: money(agreement.in_kind_value, agreement.currency)
    ),
    "debut": (gettext_lazy("date de début"), lambda agreement: _day(agreement.starts_on)),
    "fin": (gettext_lazy("date de fin"), lambda agreement: _day(agreement.ends_on)),
    "signataires": (gettext_lazy("signataires et leur qualité"), _signatories),
    "prefet": (gettext_lazy("transmission au préfet"), _prefect),
    "jour": (gettext_lazy("date du jour"), lambda agreement: _day(timezone.localdate())),
}  # fmt: skip
