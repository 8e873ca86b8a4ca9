"""Programme and poster as tagged PDF: cover, contents, events, places, organisers; a QR code for each event."""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.template.defaultfilters import date as shown
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.models import Actor
from coexist.common import pdf
from coexist.common.markdown import render
from events.campaigns.models import Campaign
from events.models import Event, Occurrence

from .content import Entry, organisers_of, places_of, sections_of
from .enums import Layout, Order

STYLES = Path(__file__).parent / "styles"
SVG = "image/svg+xml"
Progress = Callable[[int], None]


def programme(campaign: Campaign, entries: list[Entry], *, layout: str, order: str, progress: Progress) -> bytes:
    """The whole PDF; `progress` hears how far it is, in hundredths. Raises OSError without Pango."""
    sections = sections_of(entries, Order(order), _day, _("En ligne"))
    partners = [row.actor for row in campaign.coordinations.standing().select_related("actor").order_by("actor__name")]
    context = {
        "campaign": campaign, "sections": sections, "number": len(entries), "organisers": organisers_of(entries),
        "places": places_of(entries), "partners": list({actor.pk: actor for actor in partners}.values()),
        "text": render(campaign.text, below=1), "order": order, "language": get_language() or "fr",
    }  # fmt: skip
    progress(10)
    html = render_to_string("programme/programme.html", context)
    pictures = {**_codes(entries), **_logos(context["partners"])}
    progress(25)
    made = pdf.made(html, styles=[STYLES / "programme.css", STYLES / f"{Layout(layout)}.css"], pictures=pictures)
    progress(95)
    return made


def poster(event: Event, dates: Iterable[Occurrence]) -> bytes:
    """One A3 page for an event. Raises OSError without Pango."""
    rows = list(dates)
    for row in rows:
        row.event = event
    context = {"event": event, "dates": rows, "language": get_language() or "fr"}
    pictures = {f"qr:{event.pk}": (_qr(_address(event)), SVG), **_logos([event.organiser])}
    if event.image:
        with event.image.open("rb") as file:
            pictures["image:event"] = (file.read(), "image/webp")
    return pdf.made(
        render_to_string("programme/poster.html", context), styles=[STYLES / "poster.css"], pictures=pictures
    )


def _codes(entries: Iterable[Entry]) -> dict[str, tuple[bytes, str]]:
    return {f"qr:{entry.key}": (_qr(entry.url), SVG) for entry in entries}


def _qr(text: str) -> bytes:
    """As SVG, sharp at any size; level M reads with 15 % of it dirty."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue()


def _logos(actors: Iterable[Actor]) -> dict[str, tuple[bytes, str]]:
    found: dict[str, tuple[bytes, str]] = {}
    for actor in actors:
        if actor.logo:
            with actor.logo.open("rb") as file:
                found[f"logo:{actor.pk}"] = (file.read(), "image/webp")
    return found


def _address(event: Event) -> str:
    return settings.SITE_URL + event.get_absolute_url()


def _day(day: date) -> str:
    return shown(day, "l j F").capitalize()
