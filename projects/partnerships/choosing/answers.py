"""The answers to one need, side by side; a fixed number of queries for any number of answers."""

from collections import Counter
from dataclasses import dataclass

from actors.models import Offer
from projects.matching.models import Match
from projects.models import Need

from ..enums import IntroductionState, Side
from ..models import Introduction

MOST_COMPARED = 50
# Which are to be decided first, then what was decided, the latest first.
ORDER = {IntroductionState.PROPOSED: 0, IntroductionState.ACCEPTED: 1}


@dataclass(frozen=True)
class Answer:
    introduction: Introduction
    match: Match | None  # why the engine thinks of this actor, where it does
    offers: list[Offer]  # the one that answers best, or all of them
    past: int  # earlier introductions of the two that were accepted

    @property
    def may_be_chosen(self) -> bool:
        return self.introduction.state == IntroductionState.PROPOSED and self.introduction.side == Side.ACTOR


def answers_to(need: Need) -> list[Answer]:
    rows = Introduction.objects.filter(need=need).with_card_data().order_by("-created_at", "-pk")
    introductions = sorted(rows[:MOST_COMPARED], key=lambda row: ORDER.get(IntroductionState(row.state), 2))
    keys = [row.actor_id for row in introductions]
    matches = {
        match.actor_id: match
        for match in Match.objects.current().filter(need=need, actor__in=keys).select_related("offer", "actor")
    }
    offers: dict[int, list[Offer]] = {key: [] for key in keys}
    for offer in Offer.objects.filter(actor__in=keys).without_index():
        offers[offer.actor_id].append(offer)
    return [
        Answer(
            introduction=row,
            match=(match := matches.get(row.actor_id)),
            offers=[match.offer] if match and match.offer else offers[row.actor_id][:3],
            past=past,
        )
        for row, past in zip(introductions, _past(need, keys), strict=True)
    ]


def _past(need: Need, actors: list[int]) -> list[int]:
    """Also those that were closed since: they had begun to talk."""
    rows = Introduction.objects.filter(
        need__project__lead=need.project.lead_id, actor__in=actors,
        state__in=[IntroductionState.ACCEPTED, IntroductionState.CLOSED],
    ).exclude(need=need)  # fmt: skip
    found = Counter(rows.values_list("actor", flat=True))
    return [found[actor] for actor in actors]
