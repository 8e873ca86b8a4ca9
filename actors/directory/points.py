"""Actors on a map: points gathered in cells, so that any result is a small answer."""

from collections import defaultdict
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, F, QuerySet
from django.db.models.functions import Round
from django.urls import reverse

from coexist.common.places import place_of
from coexist.common.territories import name_of

from ..models import Actor

MOST_CELLS = 1_500
NAMED = 2_000  # actors of a result up to which the cells say who they hold
NAMES_IN_A_CELL = 8
FINE, COARSE = 2, 0  # decimals of a degree: about a kilometre, about a hundred
LISTED = 300  # actors named on the page that stands in for the map


def cells(actors: QuerySet[Actor]) -> dict[str, Any]:
    """What the map draws: where, how many, and who they are where a result is short enough."""
    placed = actors.exclude(latitude=None).exclude(longitude=None).order_by()
    total = placed.count()
    named = total <= NAMED
    near = FINE if named else COARSE
    grouped = (
        placed.annotate(cell_latitude=Round("latitude", near), cell_longitude=Round("longitude", near))
        .values("cell_latitude", "cell_longitude")
        .annotate(number=Count("pk"), north=Avg("latitude"), east=Avg("longitude"))
        .order_by("-number", "cell_latitude", "cell_longitude")
    )
    if named:
        grouped = grouped.annotate(
            names=ArrayAgg("name", order_by=["name_key", "pk"]), slugs=ArrayAgg("slug", order_by=["name_key", "pk"])
        )
    drawn = [_cell(cell) for cell in grouped[:MOST_CELLS]]
    return {"total": total, "shown": sum(cell["n"] for cell in drawn), "cells": drawn}


def _cell(cell: Any) -> dict[str, Any]:
    names, slugs = cell.get("names", [])[:NAMES_IN_A_CELL], cell.get("slugs", [])[:NAMES_IN_A_CELL]
    return {
        "lat": round(cell["north"], 4),
        "lon": round(cell["east"], 4),
        "n": cell["number"],
        "who": [
            {"name": name, "url": reverse("actor-detail", args=[slug])} for name, slug in zip(names, slugs, strict=True)
        ],
    }


def by_territory(actors: QuerySet[Actor]) -> list[tuple[str, list[Actor]]]:
    """The same in words: actors by the département, canton or country of their address, in order of names."""
    groups: dict[str, list[Actor]] = defaultdict(list)
    rows = actors.only("name", "slug", "city", "country", "postcode").order_by(F("name_key"), "pk")
    for actor in rows.prefetch_related(None)[:LISTED]:
        place = place_of(country=str(actor.country), postcode=actor.postcode, city=actor.city)
        groups[place.code if place else ""].append(actor)
    return sorted((name_of(code) if code else "", members) for code, members in groups.items())
