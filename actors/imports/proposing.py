"""Checking a group of lines: their cells, one against the other, and against the actors that exist."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from coexist.common.mail.models import EmailOptOut

from ..duplicates import Candidate, duplicates_of
from ..models import Actor, Skill
from . import cells
from .checking import Checked, check_line
from .columns import PERSONAL
from .enums import Decision, LineState
from .models import ImportLine, ImportRun

# From this strength on (a same number, a same name and more) two lines tell of one organisation.
SURE = 1.5
WRITTEN = ["values", "problems", "is_blocked", "keys", "same_as", "candidates", "decision", "target", "state"]


def check_lines(run: ImportRun, lines: Sequence[ImportLine]) -> None:
    """Store what was read, what is wrong, whom each line resembles and what is proposed for it."""
    checked = [
        check_line(line.raw, run.mapping, width=len(run.headings), default_kind=run.default_kind) for line in lines
    ]
    _check_skills(checked)
    _respect_objections(checked)
    earlier = _earlier_keys(run, lines)
    for line, one, alike in zip(lines, checked, _alike(checked), strict=True):
        _compare_within_file(line, one, earlier)
        line.values, line.candidates = one.values, alike
        line.problems = [problem.stored() for problem in one.problems]
        line.is_blocked, line.state = one.is_blocked, LineState.CHECKED
        _propose(line)
    ImportLine.objects.bulk_update(lines, WRITTEN)


def _check_skills(checked: list[Checked]) -> None:
    named = {code for one in checked for offer in one.values.get("offers", []) for code in offer["skills"] or []}
    known = set(Skill.objects.filter(code__in=named).values_list("code", flat=True)) if named else set()
    for one in checked:
        for offer in one.values.get("offers", []):
            for code in set(offer["skills"] or []) - known:
                one.note("offers", "offer_parts", title=offer["title"][:60], value=code[:60])


def _respect_objections(checked: list[Checked]) -> None:
    """Who asked to be left alone is not written down again by the next sheet."""
    addresses = {one.values["contact_email"] for one in checked if "contact_email" in one.values}
    objected = set(EmailOptOut.of_everything(addresses))
    for one in checked:
        if one.values.get("contact_email") in objected:
            for code in PERSONAL:
                one.values.pop(code, None)
            one.note("contact_email", "objected")


def _earlier_keys(run: ImportRun, lines: Sequence[ImportLine]) -> dict[str, int]:
    before = run.lines.filter(number__lt=lines[0].number).order_by("-number").values_list("number", "keys")
    return {key: number for number, keys in before for key in keys}


def _compare_within_file(line: ImportLine, one: Checked, earlier: dict[str, int]) -> None:
    line.keys = _keys(one.values)
    same = [earlier[key] for key in line.keys if key in earlier]
    line.same_as = min(same) if same else None
    if line.same_as is not None:
        one.note("", "same_line", number=line.same_as)
    for key in line.keys:
        earlier.setdefault(key, line.number)


def _keys(values: dict[str, Any]) -> list[str]:
    """By these two lines of one file are compared: the name, the number."""
    keys = [f"name:{cells.key_of(values['name'])}"[:200]] if "name" in values else []
    if "registration_number" in values:
        keys.append(f"number:{values['registration_number']}")
    return keys


def _alike(checked: list[Checked]) -> list[list[dict]]:
    """For each line the actors it resembles, likeliest first, with the reasons in words."""
    found = duplicates_of([_candidate(one.values) for one in checked])
    slugs = [one.values["slug"] for one in checked if "slug" in one.values]
    by_slug = dict(Actor.objects.filter(slug__in=slugs, merged_into=None).values_list("slug", "pk"))
    proposed = []
    for one, duplicates in zip(checked, found, strict=True):
        alike = [
            {"actor": like.actor.pk, "strength": like.strength, "reasons": [str(why) for why in like.reasons]}
            for like in duplicates
        ]
        itself = by_slug.get(one.values.get("slug", ""))
        if itself is not None:
            alike = [entry for entry in alike if entry["actor"] != itself]
            alike.insert(0, {"actor": itself, "strength": 3, "reasons": [_("Même identifiant")]})
        proposed.append(alike)
    return proposed


def _candidate(values: dict[str, Any]) -> Candidate:
    return Candidate(
        name=values.get("name", ""), acronym=values.get("acronym", ""),
        registration_number=values.get("registration_number", ""), website=values.get("website", ""),
        emails=[values["contact_email"]] if "contact_email" in values else [],
    )  # fmt: skip


def _propose(line: ImportLine) -> None:
    """What will be done unless people choose otherwise; what resembles an actor waits for their choice."""
    line.target_id = None
    if line.is_blocked:
        line.decision = ""
    elif line.same_as is not None:
        line.decision = Decision.SKIP
    elif not line.candidates:
        line.decision = Decision.CREATE
    elif line.candidates[0]["strength"] >= SURE:
        line.decision, line.target_id = Decision.COMPLETE, line.candidates[0]["actor"]
    else:
        line.decision = ""
