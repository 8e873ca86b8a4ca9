"""What scoring may know: frozen facts, no ORM below this point."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actors.skills.detection import taxonomy
from coexist.common.language.text import written_by_stem
from projects.models import Need

from .frequencies import Rarity, Words


@dataclass(frozen=True)
class NeedFacts:
    pk: int
    kind: str
    modes: frozenset[str]
    skills: frozenset[int]
    title_words: Words
    words: Words  # of title and detail
    territories: frozenset[str]
    themes: frozenset[int]
    languages: frozenset[str]
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class OfferFacts:
    """An offer as seen from one need."""

    pk: int
    title: str
    kind: str
    modes: frozenset[str]
    skills: frozenset[int]
    meaning: float  # likeness to what the need asks of an offer, in log-odds (scoring.offer_query)
    available_from: date | None
    available_until: date | None


@dataclass(frozen=True)
class ActorFacts:
    """An actor as seen from one need, with those of its offers that pass the gates."""

    pk: int
    offers: tuple[OfferFacts, ...]
    stems: frozenset[str]  # of the profile and of every offer
    meaning: float  # likeness of the whole profile, in log-odds (scoring.profile_query)
    territories: frozenset[str]
    themes: frozenset[int]
    languages: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """What is the same for every pair of one run."""

    parents: dict[int, int | None] = field(default_factory=dict)  # skill -> its domain
    skill_names: dict[int, dict[str, Any]] = field(default_factory=dict)  # skill -> {"key": …, "fr": …, "en": …}


def knowledge() -> Knowledge:
    skills = taxonomy().skills
    return Knowledge(
        {key: skill.parent_id for key, skill in skills.items()},
        {key: {"key": key, "fr": skill.name_fr, "en": skill.name_en} for key, skill in skills.items()},
    )


def need_facts(needs: Iterable[Need]) -> list[NeedFacts]:
    """In the order of `needs`; the rarity of all their words in one query."""
    said = [(need, written_by_stem(need.passage)) for need in needs]
    rarity = Rarity.load({stem for _need, words in said for stem in words})
    return [_need_facts(need, words, rarity) for need, words in said]


def _need_facts(need: Need, words: dict[str, str], rarity: Rarity) -> NeedFacts:
    project = need.project
    return NeedFacts(
        pk=need.pk,
        kind=need.kind,
        modes=frozenset(need.modes),
        skills=frozenset(skill.pk for skill in need.skills.all()),
        title_words=Words(written_by_stem(need.title), rarity),
        words=Words(words, rarity),
        territories=frozenset(project.territories),
        themes=frozenset(project.themes),
        languages=frozenset(project.languages),
        starts_on=need.starts_on,
        ends_on=need.ends_on,
    )
