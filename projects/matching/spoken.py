"""By which of its expressions a skill was found, in the need and in the offer: people are shown their own words."""

from collections.abc import Iterable
from dataclasses import replace

from actors.skills.detection import detect
from coexist.common.language.text import normalise
from projects.models import Need

from .scoring import SKILL_CODES, Reason, Score


def with_expressions(need: Need, found: Score) -> Score:
    """The same score; a skill's reason says the expressions too. Only for what is kept: each title is read."""
    reasons = tuple(
        _spoken(need, reason, found) if reason.code in SKILL_CODES.values() else reason for reason in found.reasons
    )
    return replace(found, reasons=reasons)


def _spoken(need: Need, reason: Reason, found: Score) -> Reason:
    offered = next(one.params["offer"] for one in found.reasons if one.code == "meaning")
    asked, given = reason.params["wanted"], reason.params["given"]
    said = [*_expression(need.title, asked["key"]), *_expression(offered, given["key"])]
    names = {normalise(name) for skill in (asked, given) for name in (skill["fr"], skill["en"])}
    return replace(reason, params={**reason.params, "said": _others(said, names)})


def _expression(title: str, skill: int) -> list[str]:
    return [mention.expression for mention in detect(title) if mention.skill == skill]


def _others(said: Iterable[str], names: set[str]) -> list[str]:
    kept = {normalise(expression): expression for expression in said}
    return [expression for plain, expression in kept.items() if plain not in names]
