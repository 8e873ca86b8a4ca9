"""Labels of the codes that offers and needs share."""

from collections.abc import Iterable

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.enums import MODE_HELP, Language, Mode
from actors.models import Offer

register = template.Library()


@register.filter
def mode_labels(codes: Iterable[str]) -> list[str]:
    return [str(Mode(code).label) for code in codes if code in Mode.values]


@register.filter
def language_labels(codes: Iterable[str]) -> str:
    return ", ".join(str(Language(code).label) if code in Language.values else code for code in codes)


@register.simple_tag
def mode_help() -> list[tuple[str, str]]:
    return [(str(mode.label), str(MODE_HELP[mode])) for mode in Mode]


@register.filter
def when(offer: Offer) -> str:
    """The days between which an offer stands; "" where it always does."""
    start, end = (date_format(day) if day else "" for day in (offer.available_from, offer.available_until))
    if start and end:
        return _("Du %(start)s au %(end)s") % {"start": start, "end": end}
    if start:
        return _("À partir du %(start)s") % {"start": start}
    return _("Jusqu'au %(end)s") % {"end": end} if end else ""
