"""What a refusal teaches: a later need that resembles a refused one counts a little less, for some time.

The one part of a score that takes away. It is bounded (one lesson from each side), fades to nothing,
and never closes anything: gates do that (gates.py). docs/matching.md, "What a refusal changes".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coexist.common.territories import with_parents

from .enums import RefusalReason
from .facts import NeedFacts
from .scoring import Reason

# What one fresh refusal takes away, in log-odds: never more than half of an identical skill.
SKILL = 1.0
PLACE = 0.6
MODE = 0.6
TIME = 0.6
BY_PROJECT = 0.5  # share of it when the project said no, and for this project only

# Days until nothing is left of it.
KEPT_DAYS = 365
NO_TIME_DAYS = 60

DECLINED_NEAR = "declined_near"  # by the actor
NOT_CHOSEN_NEAR = "not_chosen_near"  # by the project


@dataclass(frozen=True)
class PastRefusal:
    """A refusal with the need as it is now."""

    need: int
    title: str
    project: int
    kind: str
    modes: frozenset[str]
    skills: frozenset[int]
    territories: frozenset[str]
    by_actor: bool
    reason: str
    days: float  # since it was said


def teaches(reason: str) -> bool:
    """Another reason is for people to read: nobody knows what it says of other needs."""
    return reason in _WEIGHTS


def lessons(need: NeedFacts, project: int, refusals: Iterable[PastRefusal]) -> list[Reason]:
    """What one actor's `refusals` take from its score for `need`: the strongest of each side, or nothing."""
    learnt = [
        (_value(past), past)
        for past in refusals
        if teaches(past.reason) and past.need != need.pk and _concerns(past, project) and _resembles(past, need)
    ]
    found = []
    for by_actor, code in ((True, DECLINED_NEAR), (False, NOT_CHOSEN_NEAR)):
        of_side = [(value, past) for value, past in learnt if past.by_actor is by_actor and value < 0]
        if of_side:
            value, past = min(of_side, key=lambda pair: (pair[0], pair[1].need))
            found.append(Reason(code, value, _told(past)))
    return found


def _concerns(past: PastRefusal, project: int) -> bool:
    """A project that said no to somebody speaks for itself alone."""
    return past.by_actor or past.project == project


def _value(past: PastRefusal) -> float:
    share = 1.0 if past.by_actor else BY_PROJECT
    left = 1 - max(0.0, past.days) / _DAYS.get(past.reason, KEPT_DAYS)
    return -share * _WEIGHTS[past.reason] * max(0.0, left)


def _resembles(past: PastRefusal, need: NeedFacts) -> bool:
    """Alike in what the reason is about; what either leaves empty is alike to nothing."""
    if past.reason == RefusalReason.NOT_OUR_SKILL:
        return bool(past.skills & need.skills)
    # A need that also takes another mode, or another place, leaves the actor a way to say yes.
    if past.reason == RefusalReason.PLACE:
        return bool(need.territories) and all(past.territories & {*with_parents(code)} for code in need.territories)
    if past.reason == RefusalReason.MODE:
        return bool(need.modes) and need.modes <= past.modes
    return past.kind == need.kind  # lending a room takes none of the time that a mission takes


def _told(past: PastRefusal) -> dict[str, Any]:
    return {"title": past.title, "reason": past.reason}


_WEIGHTS: dict[str, float] = {
    RefusalReason.NOT_OUR_SKILL: SKILL,
    RefusalReason.PLACE: PLACE,
    RefusalReason.MODE: MODE,
    RefusalReason.NO_TIME: TIME,
    RefusalReason.ALREADY_BUSY: TIME,
}
_DAYS: dict[str, int] = {RefusalReason.NO_TIME: NO_TIME_DAYS, RefusalReason.ALREADY_BUSY: NO_TIME_DAYS}
