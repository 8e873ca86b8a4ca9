"""Links and words for one registration."""

from django import template

from ...models import Occurrence
from .. import links, words
from ..models import Registration
from ..rules import gives_certificates

register = template.Library()
register.filter("when", words.when)


@register.filter
def link_to(registration: Registration, what: str) -> str:
    """The same page as the mail's; only its holder is shown it."""
    return links.path_for(registration, what)


@register.filter
def first_date(registration: Registration) -> str:
    """Of a registration for one date."""
    occurrence: Occurrence | None = registration.occurrence
    if occurrence is None:
        return ""
    occurrence.event = registration.event
    return words.when(occurrence)


@register.filter
def is_to_come(registration: Registration) -> bool:
    """From the seats at hand."""
    return any(not seat.occurrence.is_past for seat in registration.seats.all())


@register.filter
def has_certificate(registration: Registration) -> bool:
    """As certificates.sessions_of has it, from the seats at hand."""
    if not gives_certificates(registration.event) or (registration.is_live and is_to_come(registration)):
        return False
    return any(seat.came and not seat.occurrence.is_off for seat in registration.seats.all())
