"""The gates: what lets a pair of need and actor be scored at all. One table, asked from every side.

`candidates.py` asks all of them at once, from the need or from the offer; `why_not.py` asks them one by
one. Where a field is empty the gate lets it pass: what somebody did not say is no reason to leave them out.
That the need is open is asked before (NeedQuerySet.open).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q

from actors.enums import ActorState
from actors.models import Offer
from projects.models import Need

from .models import Refusal


@dataclass(frozen=True)
class Gate:
    """`lets_offer` and `lets_need` say the same from the two sides."""

    code: str
    # Of rows that pass for a need; the text leads from the row to its actor: "actor__" for offers, "" for actors.
    lets_offer: Callable[[Need, str], Q]
    lets_need: Callable[[Offer], Q]
    is_about_actor: bool = False  # all offers of one actor fare alike


def offers_pass(need: Need) -> Q:
    """Offers that pass every gate for `need`."""
    return _all(gate.lets_offer(need, "actor__") for gate in GATES)


def offers_pass_by_themselves(need: Need) -> Q:
    """Offers that pass those gates that are not about their actors."""
    return _all(gate.lets_offer(need, "actor__") for gate in GATES if not gate.is_about_actor)


def needs_pass(offer: Offer) -> Q:
    """Open needs that pass every gate for an approved actor's `offer`."""
    return _all(gate.lets_need(offer) for gate in GATES)


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())


def _approved(need: Need, actor: str) -> Q:
    return Q(**{f"{actor}state": ActorState.APPROVED})


def _not_the_lead(need: Need, actor: str) -> Q:
    return ~Q(**{f"{actor}pk": need.project.lead_id})


def _nobody_refused(need: Need, actor: str) -> Q:
    return ~Q(Exists(Refusal.objects.filter(need=need, actor=OuterRef(f"{actor}pk"))))


def _nobody_refused_need(offer: Offer) -> Q:
    return ~Q(Exists(Refusal.objects.filter(need=OuterRef("pk"), actor=offer.actor_id)))


def _modes_meet(modes: list[str]) -> Q:
    return Q(modes__overlap=modes) | Q(modes=[]) if modes else Q()


def _dates_meet(first: date | None, last: date | None, *, start: str, end: str) -> Q:
    meets = Q()
    if last is not None:
        meets &= Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": last})
    if first is not None:
        meets &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": first})
    return meets


def _offer_dates_meet(need: Need, actor: str) -> Q:
    return _dates_meet(need.starts_on, need.ends_on, start="available_from", end="available_until")


def _need_dates_meet(offer: Offer) -> Q:
    return _dates_meet(offer.available_from, offer.available_until, start="starts_on", end="ends_on")


GATES = (
    Gate("approved", _approved, lambda offer: Q(), is_about_actor=True),
    Gate("own_need", _not_the_lead, lambda offer: ~Q(project__lead=offer.actor_id), is_about_actor=True),
    Gate("refused", _nobody_refused, _nobody_refused_need, is_about_actor=True),
    Gate("modes", lambda need, actor: _modes_meet(need.modes), lambda offer: _modes_meet(offer.modes)),
    Gate("dates", _offer_dates_meet, _need_dates_meet),
    # Encoded and stemmed by the worker: until then there is nothing to compare.
    Gate("read", lambda need, actor: Q(point__isnull=False), lambda offer: Q(point__isnull=False)),
)
