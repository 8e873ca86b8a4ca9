"""What the pages of an import show: lines with their problems in words, counts, what each choice would do."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from coexist.common.sheets import as_csv

from ..models import Actor
from .columns import BY_CODE
from .enums import WORKING, Decision, LineState
from .export import problems_rows
from .models import ImportLine, ImportRun
from .problems import WARNINGS, sentence
from .writing import what_it_fills

LINES_ON_PAGE = 25
FILTERS = {
    "": _("Toutes"), "problemes": _("À corriger ou à signaler"), "doublons": _("Doublons possibles"),
    "a-decider": _("À décider"),
}  # fmt: skip
MOST_PK = 2**63 - 1


def counts(run: ImportRun) -> dict[str, int]:
    free = Q(is_blocked=False)
    return run.lines.aggregate(
        all=Count("pk"),
        problems=Count("pk", filter=~Q(problems=[])),
        blocked=Count("pk", filter=Q(is_blocked=True)),
        alike=Count("pk", filter=~Q(candidates=[], same_as=None)),
        undecided=Count("pk", filter=free & Q(decision="")),
        create=Count("pk", filter=free & Q(decision=Decision.CREATE)),
        complete=Count("pk", filter=free & Q(decision=Decision.COMPLETE)),
        skip=Count("pk", filter=free & Q(decision=Decision.SKIP)),
    )


def shown(run: ImportRun, request: HttpRequest) -> dict[str, Any]:
    """One page of lines, by the filter of the address."""
    wanted = request.GET.get("lignes", "")
    wanted = wanted if wanted in FILTERS else ""
    lines = Paginator(_filtered(run, wanted), LINES_ON_PAGE).get_page(request.GET.get("page"))
    _explain(run, list(lines))
    numbers = counts(run)
    by_filter = {"": numbers["all"], "problemes": numbers["problems"], "doublons": numbers["alike"],
                 "a-decider": numbers["undecided"]}  # fmt: skip
    filters = [{"code": code, "label": label, "count": by_filter[code]} for code, label in FILTERS.items()]
    return {"lines": lines, "counts": numbers, "filters": filters, "wanted": wanted, "decisions": Decision}


def progress(run: ImportRun, request: HttpRequest) -> dict[str, Any]:
    """How far the worker is, and in the end what became of each line that was not written as asked."""
    done = dict(run.lines.order_by().values_list("state").annotate(Count("pk")))
    total = sum(done.values())
    waiting = done.get(LineState.NEW if run.state == "checking" else LineState.CHECKED, 0)
    outcomes = [(LineState(state).label, count) for state, count in sorted(done.items())]
    left = run.lines.filter(state__in=[LineState.REFUSED, LineState.FAILED, LineState.SKIPPED]).order_by("number")
    lines = Paginator(left, LINES_ON_PAGE).get_page(request.GET.get("page"))
    _explain(run, list(lines))
    return {
        "total": total, "done": total - waiting, "outcomes": outcomes, "is_working": run.state in WORKING,
        "lines": lines, "made": run.lines.filter(state__in=[LineState.CREATED, LineState.COMPLETED]).count(),
        "people": run.provenances.to_tell().count(), "percent": 100 * (total - waiting) // total if total else 100,
    }  # fmt: skip


def problems_file(run: ImportRun) -> bytes:
    left = run.lines.filter(Q(is_blocked=True) | Q(state=LineState.FAILED)).order_by("number")
    return b"".join(as_csv(problems_rows(left, run.headings, _told_of_line)))


def choices(data: QueryDict) -> dict[int, tuple[str, int | None]]:
    """Fields "line-<key>" of the form: a decision, or "complete:<actor>"; what is neither is passed over."""
    found: dict[int, tuple[str, int | None]] = {}
    for name, value in data.items():
        key = numbers([name.removeprefix("line-")]) if name.startswith("line-") else []
        decision, _colon, target = str(value).partition(":")
        if key and decision in Decision.values:
            found[key[0]] = (decision, next(iter(numbers([target])), None))
    return found


def numbers(texts: list[str]) -> list[int]:
    """Those of `texts` that may be the key of a row."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def _filtered(run: ImportRun, wanted: str) -> Any:
    lines = run.lines.order_by("number")
    if wanted == "problemes":
        return lines.with_problems()
    if wanted == "doublons":
        return lines.alike()
    return lines.undecided() if wanted == "a-decider" else lines


def _explain(run: ImportRun, lines: list[ImportLine]) -> None:
    """Give each line what its row of the page says."""
    keys = {candidate["actor"] for line in lines for candidate in line.candidates}
    actors = (
        Actor.objects.defer("vector", "stems", "search", "approved_version")
        .prefetch_related("offers", "contacts")
        .in_bulk(keys)
    )
    place = run.mapping
    for line in lines:
        line.cells = [  # type: ignore[attr-defined]
            {"label": BY_CODE[code].label, "raw": _raw(line, at), "problems": _told(line, code)}
            for code, at in sorted(place.items(), key=lambda item: item[1])
            if code in BY_CODE and (_raw(line, at).strip() or _told(line, code))
        ]
        line.notes = [told for told in line.problems if told["column"] not in place]  # type: ignore[attr-defined]
        line.notes = [_with_sentence(told) for told in line.notes]  # type: ignore[attr-defined]
        line.alike = [  # type: ignore[attr-defined]
            {**candidate, "actor": actors[candidate["actor"]], "fills": _fills(actors[candidate["actor"]], line)}
            for candidate in line.candidates
            if candidate["actor"] in actors
        ]


def _fills(actor: Actor, line: ImportLine) -> list[str]:
    filled = what_it_fills(actor, line.values)
    if "offers" in line.values and not actor.offers.all():
        filled = [*filled, "offers"]
    return [str(BY_CODE[code].label) for code in filled]


def _raw(line: ImportLine, place: int) -> str:
    return line.raw[place] if place < len(line.raw) else ""


def _told(line: ImportLine, code: str) -> list[dict]:
    return [_with_sentence(told) for told in line.problems if told["column"] == code]


def _with_sentence(told: dict) -> dict:
    label = BY_CODE[told["column"]].label if told["column"] in BY_CODE else ""
    return {"label": label, "text": sentence(told), "is_warning": told["code"] in WARNINGS}


def _told_of_line(line: ImportLine) -> list[str]:
    told = [_with_sentence(problem) for problem in line.problems]
    return [f"{one['label']} : {one['text']}" if one["label"] else one["text"] for one in told]
