"""A worker that is killed: the next one goes on, and nothing is there twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings

from mediatheque.extraction import running, work
from mediatheque.extraction.limits import Limits
from mediatheque.models import ResourceFile, ResourcePage
from tests.factories import network, resources
from tests.running_site import url_of_test_database

LIMITS = Limits(seconds=60)
PROGRAM = """
import django, sys, time
django.setup()
from mediatheque.extraction import running, work
listen = running.listen
def slowly(*args):
    for number, said in enumerate(listen(*args)):
        yield said
        time.sleep(0.02)
running.listen = slowly
work.read_file(int(sys.argv[1]))
"""


def a_file(pages: int = 120) -> ResourceFile:
    of = resources.resource(network.actor())
    return resources.file(of, resources.pdf(*(f"Page {number}" for number in range(1, pages + 1))))


def numbers(file: ResourceFile) -> list[int]:
    return list(ResourcePage.objects.filter(file=file).order_by("number").values_list("number", flat=True))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(clock, tmp_path):
    file = a_file()
    environment = {
        **os.environ, "DATABASE_URL": url_of_test_database(), "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "coexist.settings.test", "PYTHONPATH": str(settings.BASE_DIR),
    }  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-c", PROGRAM, str(file.pk)], env=environment, cwd=settings.BASE_DIR)
    try:
        _until(lambda: 0 < len(numbers(file)) < 120, worker)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    there = numbers(file)
    file.refresh_from_db()
    assert (file.extraction, file.extracted_at) == ("working", None)
    assert not work.read_file(file.pk, LIMITS), "its lease is not over"
    clock.forward(minutes=10)
    asked = _starts(lambda: work.read_due())
    file.refresh_from_db()
    assert (file.extraction, numbers(file)) == ("done", list(range(1, 121)))
    assert asked == [there[-1] + 1], "what was read is not read again"
    assert not work.read_file(file.pk, LIMITS)


@pytest.mark.django_db
def test_two_workers_never_have_the_same_file(clock, monkeypatch):
    """The first sleeps past its lease; the second takes the file; what the first still says is not written."""
    file = a_file(40)
    listen = running.listen

    def sleeping(*args):
        for said in listen(*args):
            if said.get("page") == 30:
                clock.forward(hours=1)
                monkeypatch.setattr(running, "listen", listen)
                assert work.read_file(file.pk, LIMITS)
                ResourcePage.objects.filter(file=file, number=40).update(text="du second")
            yield said

    monkeypatch.setattr(running, "listen", sleeping)
    work.read_file(file.pk, LIMITS)
    file.refresh_from_db()
    assert (file.extraction, numbers(file)) == ("done", list(range(1, 41)))
    assert file.pages.get(number=40).text == "du second"


@pytest.mark.django_db
def test_a_file_that_kills_its_worker_three_times_is_left_with_an_answer(clock, monkeypatch):
    file = a_file(1)

    def killing(*args):
        raise SystemExit  # nothing of the worker's own code runs any more
        yield

    monkeypatch.setattr(running, "listen", killing)
    for _attempt in range(work.MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            work.read_file(file.pk, LIMITS)
        clock.forward(hours=1)
    assert work.read_due() == 0
    file.refresh_from_db()
    assert (file.extraction, file.problem, file.lease) == ("failed", "too_heavy", None)


@pytest.mark.django_db
def test_a_child_whose_time_is_over_leaves_what_it_read_and_the_next_goes_on(monkeypatch):
    file = a_file(60)
    listen = running.listen

    def late(*args):
        for said in listen(*args):
            yield said
            if said.get("page") == 30:
                raise running.ChildError("late", late=True)

    monkeypatch.setattr(running, "listen", late)
    assert work.read_file(file.pk, LIMITS)
    file.refresh_from_db()
    assert (file.extraction, numbers(file)) == ("waiting", list(range(1, 31)))
    assert work.read_due() == 1
    file.refresh_from_db()
    assert (file.extraction, numbers(file)) == ("done", list(range(1, 61)))


@pytest.mark.django_db
def test_a_file_that_the_storage_lost(clock):
    file = a_file(1)
    file.file.storage.delete(file.file.name)
    work.read_file(file.pk, LIMITS)
    file.refresh_from_db()
    assert (file.extraction, file.problem) == ("failed", "lost")


@pytest.mark.django_db
def test_reading_again_starts_from_the_first_page():
    file = a_file(2)
    work.read_file(file.pk, LIMITS)
    ResourcePage.objects.filter(file=file).update(text="ancien")
    work.start_over(file)
    assert work.read_due() == 1
    assert [page.text for page in file.pages.order_by("number")] == ["Page 1", "Page 2"]


def _starts(run) -> list[int]:
    """From which page children are asked to begin."""
    asked, listen = [], running.listen

    def noting(kind, path, folder, start, limits):
        asked.append(start)
        return listen(kind, path, folder, start, limits)

    running.listen = noting
    try:
        run()
    finally:
        running.listen = listen
    return asked


def _until(is_so, worker: subprocess.Popen) -> None:
    end = time.monotonic() + 40
    while time.monotonic() < end and worker.poll() is None:
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError("the worker was too quick or too slow")


def test_a_lease_lasts_longer_than_a_child_may_live():
    assert timedelta(seconds=Limits().seconds) + work.MARGIN > timedelta(seconds=Limits().seconds + 5)
