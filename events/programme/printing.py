"""Programme and poster as tagged PDF: cover, contents, events, places, organisers; a QR code for each event."""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from actors.models import Actor
from coexist.common import pdf
from coexist.common.markdown import render
from events.campaigns.models import Campaign
from events.models import Event, Occurrence

from .content import Entry, organisers_of, partners_of, places_of, sections_of
from .enums import Layout, Order
from .typography import clock, day_name, french_html, period

STYLES = Path(__file__).parent / "styles"
WEBP = "image/webp"
SHORT_TITLE, MEDIUM_TITLE, POSTER_LINES = 32, 75, 12
MASK, PIXELS = 2, 6  # of a QR code: pixels to the side of a module
Progress = Callable[[int], None]
Pictures = dict[str, tuple[bytes, str]]
BEGUN, LAID_OUT = 5, 80  # of a hundred
LAID_OUT_TIMES = 2  # nearly always
EVENTS_ON_A_PAGE = {Layout.A4: 9, Layout.A5: 5}  # about: the bar needs no more
SHEET = 4  # pages on a folded sheet of paper


def programme(campaign: Campaign, entries: list[Entry], *, layout: str, order: str, progress: Progress) -> bytes:
    """The whole PDF; `progress` hears how far it is, in hundredths. Raises OSError without Pango.

    It is laid out until the page numbers in its contents and its index stand: twice, nearly always.
    """
    partners = partners_of(campaign)
    context: dict[str, Any] = {
        "campaign": campaign, "sections": sections_of(entries, Order(order), _("En ligne")), "number": len(entries),
        "places": places_of(entries), "partners": partners, "order": order,
        "text": french_html(render(campaign.text, below=1)), "days": period(campaign.first_day, campaign.last_day),
        "language": settings.LANGUAGE_CODE, "address": _short(_address(campaign)),
    }  # fmt: skip
    codes = {f"qr:{entry.key}": _qr(entry.url) for entry in entries}
    pictures = {**codes, "qr:campaign": _qr(_address(campaign)), **_logos(partners)}
    styles = [STYLES / "programme.css", STYLES / f"{Layout(layout)}.css"]
    on_page = _counted(progress, len(entries) // EVENTS_ON_A_PAGE[Layout(layout)] + 8)
    pages: dict[str, int] = {}
    cache: dict[str, Any] = {}
    notes = 0
    progress(BEGUN)
    for _time in range(2 * LAID_OUT_TIMES):
        html = _written(context, entries, pages, notes)
        laid = pdf.laid_out(html, styles=styles, pictures=pictures, on_page=on_page, cache=cache)
        missing = -laid.count % SHEET if layout == Layout.A5 else 0
        if laid.page_of == pages and not missing:
            break
        pages, notes = laid.page_of, (notes + missing) % SHEET
    progress(LAID_OUT)
    return laid.written()


def _written(context: dict[str, Any], entries: list[Entry], pages: dict[str, int], notes: int) -> str:
    """Numbers that are not known yet take as much room as others; a booklet ends with pages for notes."""
    organisers = [
        (name, sorted({pages.get(f"e{key}", 100 + place) for place, key in enumerate(keys)}))
        for name, keys in organisers_of(entries)
    ]
    told = {"organisers": organisers, "pages": pages, "notes": range(notes)}
    return render_to_string("programme/programme.html", {**context, **told})


def poster(event: Event, dates: Iterable[Occurrence]) -> bytes:
    """One A3 page for an event. Raises OSError without Pango."""
    rows = list(dates)
    for row in rows:
        row.event = event
    context = {
        "event": event, "dates": [_date(row) for row in rows], "language": settings.LANGUAGE_CODE,
        "address": _short(_address(event)), "size": _size(event.title), "is_full": _is_full(event, len(rows)),
    }  # fmt: skip
    pictures = {"qr:event": _qr(_address(event)), **_logos([event.organiser])}
    if event.image:
        with event.image.open("rb") as file:
            pictures["image:event"] = (file.read(), WEBP)
    return pdf.made(
        render_to_string("programme/poster.html", context), styles=[STYLES / "poster.css"], pictures=pictures
    )


def _counted(progress: Progress, expected: int) -> Callable[[int], None]:
    """Pages laid out as hundredths, in steps of five, never going back."""
    heard, told = 0, BEGUN

    def on_page(number: int) -> None:
        nonlocal heard, told
        heard += 1
        done = BEGUN + (LAID_OUT - BEGUN) * heard // (expected * LAID_OUT_TIMES)
        if told + 5 <= done <= LAID_OUT:
            told = done
            progress(done)

    return on_page


def _date(row: Occurrence) -> str:
    """Friday the 20th of November 2027, 6.30 to 8 p.m., in the words of a poster."""
    first, end = row.local_start, row.local_end
    day = period(first, end) if end.date() > first.date() else f"{day_name(first)} {first.year}"
    hours = "" if row.event.is_all_day else f"{clock(first)} – {clock(end)}"
    return ", ".join(part for part in (day, hours) if part)


def _size(title: str) -> str:
    """Of the letters of a poster's title."""
    return "short" if len(title) <= SHORT_TITLE else "medium" if len(title) <= MEDIUM_TITLE else "long"


def _is_full(event: Event, dates: int) -> bool:
    """So much to say that smaller letters keep it above the foot of the page."""
    lines = dates * 1.5 + len(event.summary) / 50 + len(event.place + event.address) / 50 + len(event.title) / 30
    return lines > (POSTER_LINES / 2 if event.image else POSTER_LINES)


def _qr(text: str) -> tuple[bytes, str]:
    """Level M reads with 15 % of it dirty. One mask for all: the search for the best takes as long as the layout."""
    out = BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK).save(out, kind="png", scale=PIXELS, border=0)
    return out.getvalue(), "image/png"


def _logos(actors: Iterable[Actor]) -> Pictures:
    found: Pictures = {}
    for actor in actors:
        if actor.logo:
            with actor.logo.open("rb") as file:
                found[f"logo:{actor.pk}"] = (file.read(), WEBP)
    return found


def _address(page: Campaign | Event) -> str:
    return settings.SITE_URL + page.get_absolute_url()


def _short(address: str) -> str:
    """As one would type it."""
    return address.partition("://")[2].rstrip("/")
