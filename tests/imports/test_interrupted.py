"""A process that dies in the middle: the next one goes on, and each line is written once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.imports import services, work, writing
from actors.imports.enums import LineState, RunState
from actors.imports.models import ImportRun
from actors.imports.querysets import MOST_ATTEMPTS
from actors.models import Actor
from tests.imports.sheets import organisation

pytestmark = pytest.mark.django_db


class KilledError(BaseException):
    """As a signal does: nothing in the code may catch it."""


@pytest.fixture
def ready(desk) -> ImportRun:
    """Twelve lines, reviewed and launched, of which none is written yet."""
    run = desk.check([organisation() for _number in range(12)])
    services.launch(run=run, new_state="draft", acting_user=desk.animator)
    return run


def die_at(monkeypatch, name: str, nth: int) -> None:
    """The `nth` call of `writing.name` kills the process, once."""
    real, calls = getattr(writing, name), iter(range(1, 10_000))

    def dying(*args, **kwargs):
        if next(calls) == nth:
            raise KilledError
        return real(*args, **kwargs)

    monkeypatch.setattr(writing, name, dying)


@pytest.mark.parametrize("nth", [1, 4, 5, 12])
@pytest.mark.parametrize("name", ["_create", "_remember"])
def test_killed_while_writing_then_resumed_each_line_is_written_once(ready, monkeypatch, name, nth):
    monkeypatch.setattr(work, "CHUNK", 4)
    die_at(monkeypatch, name, nth)
    with pytest.raises(KilledError):
        work.go_on(ready.pk)
    written = Actor.objects.count()
    assert written == ready.lines.filter(state=LineState.CREATED).count() == (nth - 1) // 4 * 4
    work.go_on(ready.pk)
    ready.refresh_from_db()
    assert ready.state == RunState.DONE
    assert Actor.objects.count() == Actor.objects.values("name").distinct().count() == 12
    assert ready.lines.values("actor").distinct().count() == 12


def test_run_again_when_it_is_done_it_does_nothing(ready):
    work.go_on(ready.pk)
    work.go_on(ready.pk)
    assert Actor.objects.count() == 12


def test_the_sweep_takes_up_what_was_left_and_leaves_alone_what_goes_on(ready):
    work.go_on_with_what_was_left()
    assert Actor.objects.count() == 0, "its message has twenty seconds"
    ImportRun.objects.update(worked_at=timezone.now() - timedelta(seconds=30))
    work.go_on_with_what_was_left()
    assert Actor.objects.count() == 12


def test_a_file_that_always_fails_is_left_alone_in_the_end_and_says_why(ready, monkeypatch):
    def fail(*args):
        raise RuntimeError("no more memory")

    monkeypatch.setattr(work, "write_line", fail)
    for _minute in range(MOST_ATTEMPTS + 3):
        ImportRun.objects.update(worked_at=timezone.now() - timedelta(seconds=30))
        work.go_on_with_what_was_left()
    ready.refresh_from_db()
    assert (ready.attempts, ready.error) == (MOST_ATTEMPTS, "RuntimeError: no more memory")


def test_one_line_that_cannot_be_written_does_not_stop_the_others(ready, monkeypatch):
    real = writing.services.bring_in_actor
    name = ready.lines.get(number=5).values["name"]

    def refuse_one(*, actor, acting_user):
        if actor.name == name:
            raise RuntimeError("broken")
        return real(actor=actor, acting_user=acting_user)

    monkeypatch.setattr(writing.services, "bring_in_actor", refuse_one)
    work.go_on(ready.pk)
    line = ready.lines.get(number=5)
    assert (line.state, line.actor, line.problems[-1]["code"]) == (LineState.FAILED, None, "unexpected")
    assert Actor.objects.count() == 11


def test_checking_resumes_too(desk, monkeypatch):
    monkeypatch.setattr(work, "CHUNK", 4)
    run = desk.upload([organisation(name="Atelier du Léman"), *(organisation() for _number in range(9)),
                       organisation(name="atelier du leman")])  # fmt: skip
    real, calls = work.check_lines, iter(range(1, 100))

    def dying(*args):
        if next(calls) == 2:
            raise KilledError
        return real(*args)

    monkeypatch.setattr(work, "check_lines", dying)
    with pytest.raises(KilledError):
        desk.map(run)
    work.go_on(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.REVIEW
    assert run.lines.get(number=12).same_as == 2
    assert not run.lines.filter(state=LineState.NEW).exists()
