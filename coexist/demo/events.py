"""The demo's agenda, around the day on which it is loaded."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from actors.models import Actor
from events.models import Event
from events.recurrence import rule_of
from events.services import cancel_event, publish, save_event
from projects.models import Project

SAME = (
    "title", "kind", "summary", "place", "address", "city", "postcode", "country", "price", "booking", "booking_url",
    "capacity", "audiences", "access", "themes", "prerequisites",
)  # fmt: skip


def load_event(entry: dict, actors: dict[str, Actor]) -> Event:
    organiser = actors[entry["organiser"]]
    zone = ZoneInfo(entry.get("zone", "Europe/Paris"))
    start = _moment(entry["day"], entry["hour"], zone)
    is_all_day = "days" in entry
    if is_all_day:
        start = _moment(entry["day"], "00:00", zone)
        end = _moment(entry["day"] + entry["days"], "00:00", zone)
    else:
        end = start + timedelta(hours=entry["hours"])
    event = Event(
        organiser=organiser, starts_at=start, ends_at=end, is_all_day=is_all_day, zone=str(zone),
        rule=rule_of(entry.get("repeat", ""), start.astimezone(zone), count=entry.get("count")),
        added_dates=[_moment(day, entry["hour"], zone) for day in entry.get("dates", [])],
        project=Project.objects.filter(slug=entry.get("project", "")).first(),
        description=entry.get("description", "").strip(), online_url=entry.get("online", ""),
        languages=entry.get("languages", ["fr"]), **_given(entry),
    )  # fmt: skip
    person = organiser.members.first()
    assert person is not None
    save_event(event=event, co_organisers=[actors[slug] for slug in entry.get("with", [])], acting_user=person)
    publish(event=event, acting_user=person)
    if "cancelled" in entry:
        cancel_event(event=event, because=entry["cancelled"], acting_user=person)
    return event


def _moment(day: int, hour: str, zone: ZoneInfo) -> datetime:
    date = timezone.localdate() + timedelta(days=day)
    return datetime.combine(date, time.fromisoformat(hour), tzinfo=zone).astimezone(UTC)


def _given(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in SAME if name in entry}
