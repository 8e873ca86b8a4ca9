"""What scoring may know: frozen facts, no ORM below this point."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from actors.models import Actor, Offer, Skill
from coexist.common.language.text import written_by_stem
from coexist.common.language.vectors import title_vector, vectors_for
from projects.models import Need

from .frequencies import Rarity


@dataclass(frozen=True)
class NeedFacts:
    pk: int
    kind: str
    modes: frozenset[str]
    skills: frozenset[int]
    title_words: dict[str, str]  # stem -> the word as written
    words: dict[str, str]  # of title and detail
    title_vector: np.ndarray  # unit vectors, 512
    vector: np.ndarray
    project_vector: np.ndarray
    territories: frozenset[str]
    themes: frozenset[int]
    languages: frozenset[str]
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class OfferFacts:
    pk: int
    title: str
    kind: str
    modes: frozenset[str]
    skills: frozenset[int]
    vector: np.ndarray
    available_from: date | None
    available_until: date | None


@dataclass(frozen=True)
class ActorFacts:
    pk: int
    offers: tuple[OfferFacts, ...]
    stems: frozenset[str]  # of the profile and of every offer
    vector: np.ndarray  # of the whole profile
    territories: frozenset[str]
    themes: frozenset[int]
    languages: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """What is the same for every pair of one run."""

    rarity: Rarity
    parents: dict[int, int | None] = field(default_factory=dict)  # skill -> its domain
    skill_names: dict[int, dict[str, str]] = field(default_factory=dict)  # skill -> {"fr": …, "en": …}


def knowledge() -> Knowledge:
    skills = list(Skill.objects.only("parent_id", "name_fr", "name_en"))
    return Knowledge(
        Rarity.load(),
        {skill.pk: skill.parent_id for skill in skills},
        {skill.pk: {"fr": skill.name_fr, "en": skill.name_en} for skill in skills},
    )


def need_facts(need: Need) -> NeedFacts:
    """Facts of an indexed need; its title and its project's words are encoded or found in the cache."""
    project = need.project
    (project_vector,) = vectors_for([project.passage])
    return NeedFacts(
        pk=need.pk,
        kind=need.kind,
        modes=frozenset(need.modes),
        skills=frozenset(skill.pk for skill in need.skills.all()),
        title_words=written_by_stem(need.title),
        words=written_by_stem(need.passage),
        title_vector=title_vector(need.title),
        vector=np.asarray(need.vector, dtype=np.float32),
        project_vector=project_vector,
        territories=frozenset(project.territories),
        themes=frozenset(project.themes),
        languages=frozenset(project.languages),
        starts_on=need.starts_on,
        ends_on=need.ends_on,
    )


def actor_facts(actor: Actor, offers: Iterable[Offer]) -> ActorFacts:
    """Facts of an indexed actor with those of its offers that passed the gates."""
    return ActorFacts(
        pk=actor.pk,
        offers=tuple(_offer_facts(offer) for offer in offers),
        stems=frozenset(actor.stems).union(*(offer.stems for offer in actor.offers.all())),
        vector=np.asarray(actor.vector, dtype=np.float32),
        territories=frozenset(actor.territories),
        themes=frozenset(actor.themes),
        languages=frozenset(actor.languages),
    )


def _offer_facts(offer: Offer) -> OfferFacts:
    return OfferFacts(
        pk=offer.pk,
        title=offer.title,
        kind=offer.kind,
        modes=frozenset(offer.modes),
        skills=frozenset(skill.pk for skill in offer.skills.all()),
        vector=np.asarray(offer.vector, dtype=np.float32),
        available_from=offer.available_from,
        available_until=offer.available_until,
    )
