"""The steps of an import that people take. Each is a row first; a repeated click finds what the first one did."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import Actor, User
from .columns import guess
from .enums import OPEN, Decision, LineState, RunState
from .models import ImportFile, ImportLine, ImportRun
from .reading import Table

AT_ONCE = 500  # lines in one INSERT


class StepError(Exception):
    """The import is no longer at a step where this can be done."""


@transaction.atomic
def start_run(
    *, table: Table, content: bytes, name: str, source: str, obtained_on: date, form_key: UUID, acting_user: User
) -> ImportRun:
    """Keep the file and its lines; a form sent twice makes one import."""
    run, created = ImportRun.objects.get_or_create(
        form_key=form_key,
        defaults={
            "file_name": name[-200:], "file_note": table.note[:200], "source": source, "obtained_on": obtained_on,
            "headings": table.headings, "mapping": guess(table.headings), "created_by": acting_user,
        },
    )  # fmt: skip
    if created:
        ImportFile.objects.create(run=run, content=content)
        _write_lines(run, table)
    return run


@transaction.atomic
def replace_file(*, run: ImportRun, table: Table, content: bytes, name: str, acting_user: User) -> ImportRun:
    """Take a corrected file: its lines stand for the old ones; the same headings keep what was mapped."""
    locked = _locked(run, OPEN)
    if table.headings != locked.headings:
        locked.mapping = guess(table.headings)
    locked.headings, locked.file_name, locked.file_note = table.headings, name[-200:], table.note[:200]
    locked.state = RunState.MAPPING
    locked.save()
    ImportFile.objects.update_or_create(run=locked, defaults={"content": content})
    locked.lines.all().delete()
    _write_lines(locked, table)
    return locked


@transaction.atomic
def map_columns(*, run: ImportRun, mapping: dict[str, int], default_kind: str, acting_user: User) -> None:
    """Say which column is what, and have every line checked."""
    locked = _locked(run, OPEN)
    locked.mapping, locked.default_kind = mapping, default_kind
    locked.lines.update(state=LineState.NEW, decision="", target=None, keys=[])
    _hand_over(locked, RunState.CHECKING)


@transaction.atomic
def decide_lines(*, run: ImportRun, choices: dict[int, tuple[str, int | None]], acting_user: User) -> int:
    """Keep what people chose for these lines: (decision, actor to complete); returns how many were changed.

    Only an actor that was proposed for the line can be completed with it.
    """
    locked = _locked(run, (RunState.REVIEW,))
    lines = list(locked.lines.filter(pk__in=choices, is_blocked=False))
    standing = set(
        Actor.objects.filter(pk__in=[pk for _choice, pk in choices.values() if pk]).values_list("pk", flat=True)
    )
    changed = []
    for line in lines:
        decision, target = choices[line.pk]
        proposed = {candidate["actor"] for candidate in line.candidates} & standing
        if decision == Decision.COMPLETE and target not in proposed:
            continue
        line.decision, line.target_id = decision, target if decision == Decision.COMPLETE else None
        changed.append(line)
    ImportLine.objects.bulk_update(changed, ["decision", "target"], batch_size=AT_ONCE)
    return len(changed)


@transaction.atomic
def decide_the_rest(*, run: ImportRun, decision: str, acting_user: User) -> int:
    """One choice for every line that still waits for one; completing takes the likeliest actor."""
    locked = _locked(run, (RunState.REVIEW,))
    waiting = locked.lines.undecided()
    if decision != Decision.COMPLETE:
        return waiting.update(decision=decision, target=None)
    choices = {line.pk: (decision, line.candidates[0]["actor"]) for line in waiting.exclude(candidates=[])}
    return decide_lines(run=locked, choices=choices, acting_user=acting_user)


@transaction.atomic
def launch(*, run: ImportRun, new_state: str, acting_user: User) -> None:
    """Have the lines written: what is wrong, ignored or undecided stays out, and says so."""
    locked = _locked(run, (RunState.REVIEW,))
    locked.new_state, locked.created_by = new_state, acting_user
    locked.lines.blocked().update(state=LineState.REFUSED)
    locked.lines.filter(is_blocked=False).exclude(decision__in=[Decision.CREATE, Decision.COMPLETE]).update(
        state=LineState.SKIPPED
    )
    _hand_over(locked, RunState.WRITING)


@transaction.atomic
def abandon(*, run: ImportRun, acting_user: User) -> None:
    """Forget the file and its lines; nothing was written yet."""
    locked = _locked(run, OPEN)
    locked.state, locked.finished_at = RunState.ABANDONED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    ImportFile.objects.filter(run=locked).delete()
    locked.lines.all().delete()


def _locked(run: ImportRun, states: tuple) -> ImportRun:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in states:
        raise StepError(locked.get_state_display())
    return locked


def _hand_over(run: ImportRun, state: RunState) -> None:
    """The row says that work is due; who asked for it starts, and the sweep finds what nobody goes on with."""
    run.state, run.worked_at, run.attempts, run.error = state, timezone.now(), 0, ""
    run.save()


def _write_lines(run: ImportRun, table: Table) -> None:
    lines = (ImportLine(run=run, number=number, raw=cells) for number, cells in table.lines)
    ImportLine.objects.bulk_create(lines, batch_size=AT_ONCE)
