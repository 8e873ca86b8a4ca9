"""What is new in the agenda, as RSS 2.0."""

from collections.abc import Iterable

from django.conf import settings
from django.template.defaultfilters import date as shown_date
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from ..models import Event
from .ics import plain, where

CONTENT_TYPE = Rss201rev2Feed.content_type


def news_of(events: Iterable[Event], *, address: str) -> bytes:
    """Events with organiser and dates at hand; each keeps its identifier whatever becomes of its title."""
    feed = Rss201rev2Feed(
        title=_("L'agenda de CoExist"), link=settings.SITE_URL + reverse("agenda"), language=settings.LANGUAGE_CODE,
        description=_("Ce que le réseau organise : rencontres, formations, projections, expositions."),
        feed_url=address,
    )  # fmt: skip
    for event in events:
        feed.add_item(
            title=plain(event.title), link=settings.SITE_URL + event.get_absolute_url(), unique_id=event.uid,
            unique_id_is_permalink=False, description=plain(_about(event)), pubdate=event.published_at,
            categories=[str(event.get_kind_display())],
        )  # fmt: skip
    return feed.writeString("utf-8").encode()


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
