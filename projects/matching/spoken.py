"""By which of its expressions a skill was found, in the need and in the offer: people are shown their own words."""

from collections.abc import Iterable
from dataclasses import replace

from actors.skills.detection import taxonomy
from actors.skills.lexicon import Lexicon, Mention
from coexist.common.language.text import normalise
from projects.models import Need

from .scoring import SKILL_CODES, Reason, Score


def with_expressions(scores: Iterable[Score], needs: Iterable[Need]) -> list[Score]:
    """The same scores; a skill's reason says the expressions too. Only for what is kept: each title is read."""
    lexicon = taxonomy().lexicon
    asked = {need.pk: lexicon.find(need.title) for need in needs}
    return [replace(found, reasons=tuple(_spoken(found, asked[found.need], lexicon))) for found in scores]


def _spoken(found: Score, asked: list[Mention], lexicon: Lexicon) -> Iterable[Reason]:
    offered = next(reason.params["offer"] for reason in found.reasons if reason.code == "meaning")
    for reason in found.reasons:
        if reason.code in SKILL_CODES.values():
            wanted, given = reason.params["wanted"], reason.params["given"]
            said = [*_naming(wanted["key"], asked), *_naming(given["key"], lexicon.find(offered))]
            names = {normalise(name) for skill in (wanted, given) for name in (skill["fr"], skill["en"])}
            reason = replace(reason, params={**reason.params, "said": _others(said, names)})
        yield reason


def _naming(skill: int, mentions: list[Mention]) -> list[str]:
    return [mention.expression for mention in mentions if mention.skill == skill]


def _others(said: Iterable[str], names: set[str]) -> list[str]:
    kept = {normalise(expression): expression for expression in said}
    return [expression for plain, expression in kept.items() if plain not in names]
