"""Facts for scoring, without a database: every field is empty unless given."""

from projects.matching.facts import ActorFacts, Knowledge, NeedFacts, OfferFacts
from projects.matching.frequencies import Rarity, Words


def need(rarity: Rarity | None = None, **fields) -> NeedFacts:
    """`words` and `title_words`: stem -> word."""
    empty = {
        "pk": 1, "kind": "skill", "modes": frozenset(), "skills": frozenset(), "title_words": {}, "words": {},
        "territories": frozenset(), "themes": frozenset(), "languages": frozenset(), "starts_on": None,
        "ends_on": None,
    }  # fmt: skip
    given = {**empty, **fields}
    for name in ("words", "title_words"):
        given[name] = Words(given[name], rarity or Rarity(offers=100))
    return NeedFacts(**given)


def offer(**fields) -> OfferFacts:
    empty = {
        "pk": 10, "title": "Offre", "kind": "funding", "modes": frozenset(), "skills": frozenset(), "meaning": 0.0,
        "available_from": None, "available_until": None,
    }  # fmt: skip
    return OfferFacts(**{**empty, **fields})


def actor(*offers: OfferFacts, **fields) -> ActorFacts:
    empty = {
        "pk": 100, "offers": offers or (offer(),), "stems": frozenset(), "meaning": 0.0, "territories": frozenset(),
        "themes": frozenset(), "languages": frozenset(),
    }  # fmt: skip
    return ActorFacts(**{**empty, **fields})


def known(**fields) -> Knowledge:
    """Two domains, 1 with the skills 11 and 12, 2 with the skill 21."""
    parents = {1: None, 11: 1, 12: 1, 2: None, 21: 2}
    names = {skill: {"fr": f"compétence {skill}", "en": f"skill {skill}"} for skill in parents}
    return Knowledge(**{"parents": parents, "skill_names": names, **fields})
