"""What stands in a programme: every public event of the campaign once, under its first date, by town and day."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings

from actors.models import Actor
from coexist.common.language.text import normalise
from events.campaigns.models import Campaign
from events.days import last_day
from events.models import Event, Occurrence

from .enums import Order
from .typography import clock, day_name, period, short_day

MOST_EVENTS = 1_000
ONLINE = ""


@dataclass(frozen=True)
class Entry:
    """One event, as it is printed."""

    key: int
    title: str
    kind: str
    summary: str
    who: str
    place: str
    address: str
    city: str
    price: str
    access: tuple[str, ...]
    booking: str
    day: date  # under which it stands: its first of the campaign
    starts: tuple[datetime, ...]  # local, in order
    ends: tuple[datetime, ...]
    is_all_day: bool
    url: str

    @property
    def others(self) -> list[str]:
        """Its dates after the first, each with its hour where that differs from the first's."""
        hour = clock(self.starts[0])
        return [
            short_day(start) + ("" if self.is_all_day or clock(start) == hour else f", {clock(start)}")
            for start in self.starts[1:]
        ]

    @property
    def lasts_days(self) -> bool:
        """An evening that ends after midnight does not."""
        return last_day(self.starts[0], self.ends[0]) != self.starts[0].date()

    @property
    def when(self) -> str:
        """The days where there are several, and the hours."""
        first, end = self.starts[0], self.ends[0]
        days = period(first, end) if self.lasts_days else ""
        hours = "" if self.is_all_day else f"{clock(first)} – {clock(end)}"
        return ", ".join(part for part in (days, hours) if part)


@dataclass(frozen=True)
class Group:
    """Entries of one town and day."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True)
class Section:
    """A town with its days, or a day with its towns."""

    anchor: str
    name: str
    groups: list[Group] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(len(group.entries) for group in self.groups)


def entries_of(campaign: Campaign) -> list[Entry]:
    """Accepted and public, with the dates that lie in the campaign and take place. In three queries at most."""
    rows = (
        Occurrence.objects.public()
        .standing()
        .filter(event__activity__agenda_year=campaign.year, event__activity__campaign=campaign)
        .select_related("event__organiser", "event__activity")
        .defer("event__description", "event__search", "event__organiser__vector", "event__organiser__stems",
               "event__organiser__search", "event__organiser__description")
        .order_by("starts_at", "pk")
    )  # fmt: skip
    dates: dict[int, list[Occurrence]] = {}
    for row in rows:
        if campaign.first_day <= row.local_end.date() and row.local_start.date() <= campaign.last_day:
            dates.setdefault(row.event_id, []).append(row)
    return [_entry(found[0].event, found, campaign) for found in list(dates.values())[:MOST_EVENTS]]


def sections_of(entries: Iterable[Entry], order: Order, online: str) -> list[Section]:
    """In the order of the alphabet and of the days; what has no town comes last."""
    by: dict[tuple, dict[tuple, list[Entry]]] = {}
    names: dict[tuple, str] = {}
    for entry in entries:
        town = (entry.city == ONLINE, normalise(entry.city))
        day = (entry.day,)
        names |= {town: entry.city or online, day: day_name(entry.day).capitalize()}
        outer, inner = (town, day) if order == Order.TOWN else (day, town)
        by.setdefault(outer, {}).setdefault(inner, []).append(entry)
    return [
        Section(
            f"s{place}", names[outer],
            [Group(names[inner], sorted(found, key=_by_time)) for inner, found in sorted(groups.items())],
        )
        for place, (outer, groups) in enumerate(sorted(by.items()))
    ]  # fmt: skip


def organisers_of(entries: Iterable[Entry]) -> list[tuple[str, list[int]]]:
    """Who organises, in the order of the alphabet, with the keys of the events."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        found.setdefault(entry.who, []).append(entry.key)
    return sorted(found.items(), key=lambda pair: normalise(pair[0]))


def places_of(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """Town, place and address, each once."""
    found = {(entry.city, entry.place, entry.address) for entry in entries if entry.place or entry.address}
    return sorted(found, key=lambda place: tuple(map(normalise, place)))


def partners_of(campaign: Campaign) -> list[Actor]:
    """Who carries the campaign: its project's lead, then whoever coordinates a ground; each once."""
    grounds = campaign.coordinations.standing().select_related("actor").order_by("actor__name_key")
    return list({actor.pk: actor for actor in [campaign.project.lead, *(row.actor for row in grounds)]}.values())


def fingerprint(campaign: Campaign, entries: Iterable[Entry], **how: str) -> str:
    """Changes when anything does that is printed."""
    told: dict[str, Any] = {
        "campaign": [
            campaign.name, campaign.year, campaign.theme, campaign.text, str(campaign.first_day),
            str(campaign.last_day), campaign.contact_name, campaign.contact_email, campaign.contact_phone,
        ],
        "entries": [repr(entry) for entry in entries],
        "partners": [[actor.name, actor.logo.name] for actor in partners_of(campaign)],
        "how": how,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _entry(event: Event, dates: list[Occurrence], campaign: Campaign) -> Entry:
    for row in dates:
        row.event = event
    return Entry(
        key=event.pk, title=event.title, kind=str(event.get_kind_display()), summary=event.summary,
        who=event.activity.who, place=event.place, address=event.address, city=event.city, price=event.price,
        access=tuple(event.access_names), booking=event.booking,
        day=max(dates[0].local_start.date(), campaign.first_day), starts=tuple(row.local_start for row in dates),
        ends=tuple(row.local_end for row in dates), is_all_day=event.is_all_day,
        url=settings.SITE_URL + event.get_absolute_url(),
    )  # fmt: skip


def _by_time(entry: Entry) -> tuple:
    return (not entry.is_all_day, entry.starts[0], normalise(entry.title))
