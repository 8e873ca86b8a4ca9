"""What is new in the agenda, as RSS 2.0."""

from collections.abc import Iterable

from django.template.defaultfilters import date as shown_date
from django.urls import reverse
from django.utils.translation import gettext as _

from coexist.common.news import NewsItem, rss

from ..models import Event
from .ics import where


def news_of(events: Iterable[Event], *, address: str) -> bytes:
    """Events with organiser and dates at hand, in the language that is active."""
    return rss(
        [_item(event) for event in events], title=_("L'agenda de CoExist"), path=reverse("agenda"), address=address,
        about=_("Ce que le réseau organise : rencontres, formations, projections, expositions."),
    )  # fmt: skip


def _item(event: Event) -> NewsItem:
    return NewsItem(
        event.uid, event.title, event.get_absolute_url(), _about(event), event.published_at,
        [str(event.get_kind_display())],
    )  # fmt: skip


def _about(event: Event) -> str:
    """When, where, what: the first words are what a reader looks for."""
    coming = [row for row in event.occurrences.all() if not row.is_past]
    row = next((row for row in coming if not row.is_cancelled), coming[0])
    row.event = event
    facts = [
        _("Annulé") if row.is_off else "", shown_date(row.local_start, "l j F Y"), where(event), event.summary,
        _("Organisé par %(actor)s") % {"actor": event.organiser.name},
    ]  # fmt: skip
    return " · ".join(fact for fact in facts if fact)
