"""What of an event comes from a calendar, how it is compared, how it is written.

Three versions meet: what the calendar said last, what it says now, what stands here. What nobody changed here follows
the calendar; what somebody did stays, and the difference is told.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.models import Event

LABELS = {
    "title": _("titre"),
    "description": _("présentation"),
    "when": _("dates"),
    "place": _("lieu"),
    "address": _("adresse"),
    "postcode": _("code postal"),
    "city": _("commune"),
    "country": _("pays"),
    "online_url": _("lien de connexion"),
    "position": _("position"),
}
_MOMENTS, _LISTS = ("starts_at", "ends_at"), ("added_dates", "left_out_dates")
WHEN = (*_MOMENTS, *_LISTS, "zone", "is_all_day", "rule")


def of_event(event: Event) -> dict[str, Any]:
    """The same fields as a calendar's entry has, of an event of ours."""
    when: dict[str, Any] = {name: getattr(event, name).isoformat() for name in _MOMENTS}
    when |= {name: [one.isoformat() for one in getattr(event, name)] for name in _LISTS}
    when |= {"zone": event.zone, "is_all_day": event.is_all_day, "rule": event.rule}
    position = [event.latitude, event.longitude] if event.position_is_chosen else None
    plain = {name: str(getattr(event, name)) for name in LABELS if name not in ("when", "position")}
    return {**plain, "when": when, "position": position}


def write(event: Event, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "when":
            _write_when(event, value)
        elif name == "position":
            event.position_is_chosen = value is not None
            event.latitude, event.longitude = value or (None, None)
        else:
            setattr(event, name, value)


def to_take(now: dict[str, Any], last: dict[str, Any], here: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What follows the calendar, and what was changed on both sides: name -> what the calendar says."""
    new = {name: value for name, value in now.items() if not _same(value, last.get(name))}
    conflicts = {
        name: value
        for name, value in new.items()
        if not _same(here.get(name), last.get(name)) and not _same(here.get(name), value)
    }
    return {name: value for name, value in new.items() if name not in conflicts}, conflicts


def _same(one: Any, other: Any) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        moments = {name: _read(value[name]) for name in _MOMENTS}
        lists = {name: sorted(_read(one) for one in value[name]) for name in _LISTS}
        return {**value, **moments, **lists}
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def _write_when(event: Event, value: dict[str, Any]) -> None:
    for name in WHEN:
        found = value[name]
        if name in _MOMENTS:
            found = _read(found)
        elif name in _LISTS:
            found = [_read(one) for one in found]
        setattr(event, name, found)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
