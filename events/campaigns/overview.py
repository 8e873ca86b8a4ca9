"""What a coordinator sees of a ground: figures, days and towns without an activity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from actors.models import Actor
from coexist.common.language.text import normalise
from coexist.common.places import place_of
from coexist.common.territories import with_parents
from events.enums import BOOKED_HERE, EventState
from events.models import Event, Occurrence

from .enums import Direction, ProposalState
from .models import Activity, Campaign
from .near import COUNTRIES
from .querysets import ActivityQuerySet, AskedOrOfferedQuerySet

MOST_DATES = 20_000
MOST_PLACES = 20_000
TOWNS_SHOWN = 60


@dataclass(frozen=True)
class Figures:
    events: int
    towns: int
    organisers: int
    registrations: int | None  # places taken; None where nobody registers on this site


@dataclass(frozen=True)
class Empty:
    """Where and when nothing takes place."""

    days: Sequence[date]
    towns: Sequence[str]
    other_towns: int


def on_grounds(rows: Any, codes: Iterable[str]) -> Any:
    """Those of a chosen ground, or of all of somebody's own."""
    return rows.filter(**{f"{rows.reach}__overlap": list(codes)})


def counts(activities: ActivityQuerySet, support: AskedOrOfferedQuerySet) -> dict[str, dict[str, int]]:
    """How many of each kind are in each state: kind -> state -> number."""
    found: dict[str, dict[str, int]] = {"activites": {}, "demandes": {}, "offres": {}}
    for state, number in activities.order_by().values_list("state").annotate(number=Count("pk")):
        found["activites"][state] = number
    for direction, state, number in support.order_by().values_list("direction", "state").annotate(n=Count("pk")):
        found["demandes" if direction == Direction.ASK else "offres"][state] = number
    return found


def standing(activities: ActivityQuerySet) -> ActivityQuerySet:
    return activities.filter(state=ProposalState.ACCEPTED).exclude(event__state=EventState.CANCELLED)


def figures(activities: ActivityQuerySet) -> Figures:
    """Of accepted activities; registrations are the places taken of those that are booked here."""
    rows = list(standing(activities).order_by().values_list("event__city", "structure", "event__organiser"))
    booked = standing(activities).filter(event__booking__in=BOOKED_HERE)
    taken = Occurrence.objects.filter(event__activity__in=booked.values("pk"))
    return Figures(
        events=len(rows),
        towns=len({normalise(city).strip() for city, _structure, _actor in rows if city}),
        organisers=len({normalise(structure).strip() or actor for _city, structure, actor in rows}),
        registrations=taken.aggregate(sum=Sum("taken"))["sum"],
    )


def empty(campaign: Campaign, activities: ActivityQuerySet, codes: Sequence[str]) -> Empty:
    here = standing(activities)
    taken_towns = {normalise(city).strip() for city in here.order_by().values_list("event__city", flat=True)}
    known = {normalise(city).strip(): city for city in sorted(_known_towns(campaign, set(codes)))}
    towns = sorted((city for key, city in known.items() if key and key not in taken_towns), key=normalise)
    days = _days_taken(campaign, here)
    return Empty([day for day in campaign.days if day not in days], towns[:TOWNS_SHOWN], len(towns[TOWNS_SHOWN:]))


def _days_taken(campaign: Campaign, activities: ActivityQuerySet) -> set[date]:
    rows = Occurrence.objects.standing().filter(event__activity__in=activities.values("pk")).select_related("event")
    slim = rows.only("starts_at", "ends_at", "event__zone", "event__is_all_day")
    found: set[date] = set()
    for row in slim[:MOST_DATES]:
        day, last = max(row.first_day, campaign.first_day), min(row.last_day, campaign.last_day)
        found |= {day + timedelta(days=number) for number in range((last - day).days + 1)}
    return found


def _known_towns(campaign: Campaign, codes: set[str]) -> set[str]:
    """Towns of the grounds that have an actor, or took part in an earlier campaign."""
    actors = Actor.objects.approved().filter(country__in=COUNTRIES).exclude(city="")
    places = actors.order_by().values_list("country", "postcode", "city").distinct()[:MOST_PLACES]
    towns = {
        city
        for country, postcode, city in places
        if (found := place_of(country=str(country), postcode=postcode, city=city))
        and codes & set(with_parents(found.code))
    }
    earlier = Activity.objects.accepted().filter(campaign__year__lt=campaign.year)
    took_part = Event.objects.filter(Q(reach__overlap=list(codes)), activity__in=earlier.values("pk"))
    return towns | set(took_part.order_by().values_list("city", flat=True).distinct()[:MOST_PLACES])
