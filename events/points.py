"""Events on a map: one point for each place."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import date as shown_date

from .models import Occurrence

MOST = 2_000  # dates read for a map
NAMES_IN_A_CELL = 8
LISTED = 300


def cells(occurrences: QuerySet[Occurrence]) -> dict[str, Any]:
    """What the map draws: where, how many events, and the first of them."""
    rows = occurrences.exclude(event__latitude=None).order_by("starts_at", "pk")[:MOST]
    places: dict[tuple[float, float], dict[int, Occurrence]] = defaultdict(dict)
    for row in rows:
        here = round(row.event.latitude or 0, 2), round(row.event.longitude or 0, 2)
        places[here].setdefault(row.event_id, row)
    drawn = [
        {"lat": latitude, "lon": longitude, "n": len(events), "who": _names(list(events.values()))}
        for (latitude, longitude), events in places.items()
    ]
    return {"total": sum(cell["n"] for cell in drawn), "shown": len(drawn), "cells": drawn}


def by_city(occurrences: QuerySet[Occurrence]) -> list[tuple[str, list[Occurrence]]]:
    """The same in words: the next date of each event, by town."""
    towns: dict[str, dict[int, Occurrence]] = defaultdict(dict)
    for row in occurrences.order_by("starts_at", "pk")[:LISTED]:
        towns[row.event.city].setdefault(row.event_id, row)
    return sorted((city, list(events.values())) for city, events in towns.items())


def _names(rows: list[Occurrence]) -> list[dict[str, str]]:
    return [
        {"name": f"{shown_date(row.local_start, 'j F')} : {row.event.title}", "url": row.get_absolute_url()}
        for row in rows[:NAMES_IN_A_CELL]
    ]
