"""Labels of the codes that offers and needs share."""

import re
from collections.abc import Iterable

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actors.enums import MODE_HELP, Language, Mode
from actors.models import Actor, Offer

register = template.Library()


@register.simple_tag
def actor_logo(actor: Actor, *, large: bool = False) -> SafeString:
    """Logo or initials, beside the name, which says it: no text of their own.

    In one go, as `facet_options`: a list has many.
    """
    css_class = "actor-logo actor-logo-large" if large else "actor-logo"
    if actor.logo:
        return format_html('<img class="{}" src="{}" alt="" loading="lazy">', css_class, actor.logo_url)
    letters = _initials(actor.acronym or actor.name)
    return format_html('<span class="{} actor-initials" aria-hidden="true">{}</span>', css_class, letters)


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


def _initials(name: str) -> str:
    """A few letters that stand for a logo: a short acronym, or those of the first and the last long word."""
    words = [word for word in re.split(r"[\W_]+", name) if word]
    long = [word for word in words if len(word) > 3] or words
    letters = long[0][0] + long[-1][0] if len(long) > 1 else "".join(long)[:3]
    return letters.upper()
