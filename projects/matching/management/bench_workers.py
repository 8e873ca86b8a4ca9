"""Full rescoring by real Celery workers: how fast, and what each process takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil
from django.db import connection

from actors.models import Actor
from projects.matching import rescoring
from projects.matching.collections import ASKING
from projects.matching.enums import Subject
from projects.matching.models import LastMatching, MatchingDue
from projects.matching.tasks import rescore
from projects.models import Need

PATIENCE = 900  # seconds without an end: something is wrong


@dataclass(frozen=True)
class Rescoring:
    needs: int
    seconds: float
    cpu: dict[str, float]  # process -> share of one core
    peak_mib: float  # of the worker that took most

    @property
    def needs_per_second(self) -> float:
        return self.needs / self.seconds


def rescoring_by(workers: int) -> Rescoring:
    """Every open need by so many workers, of one process each; their start and first reading are not counted."""
    needs = list(Need.objects.open().order_by("pk").values_list("pk", flat=True))
    with _running(workers) as processes:
        _rescore(needs[: workers * 4], 1)  # each worker loads what it keeps
        before = {name: _cpu(found) for name, found in _watched(processes).items()}
        started = time.perf_counter()
        _rescore(needs, rescoring.PIECE)
        seconds = time.perf_counter() - started
        watched = _watched(processes)
        cpu = {name: round((_cpu(found) - before.get(name, 0.0)) / seconds, 2) for name, found in watched.items()}
        return Rescoring(len(needs), seconds, cpu, max(map(_peak, processes)))


def _rescore(needs: list[int], piece: int) -> None:
    LastMatching.objects.filter(subject=Subject.NEED, subject_id__in=needs).update(version="before")
    for start in range(0, len(needs), piece):
        rescore.delay(needs[start : start + piece])
    deadline = time.monotonic() + PATIENCE
    while rescoring.behind().filter(pk__in=needs).exists():
        if time.monotonic() > deadline:
            raise RuntimeError("The workers do not come to an end.")
        time.sleep(0.2)


@contextmanager
def _running(workers: int) -> Iterator[list[psutil.Process]]:
    database = connection.settings_dict
    env = {**os.environ, "DATABASE_URL": _same_server(os.environ["DATABASE_URL"], database["NAME"])}
    command = [
        sys.executable, "-m", "celery", "-A", "coexist", "worker", "--concurrency", "1", "--queues", "rescoring",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR",
    ]  # fmt: skip
    started = [
        subprocess.Popen(  # noqa: S603
            [*command, "--hostname", f"bench{number}@localhost"], env=env, stdout=subprocess.DEVNULL
        )
        for number in range(workers)
    ]
    try:
        yield [psutil.Process(process.pid) for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)


def _same_server(url: str, name: str) -> str:
    address, _slash, rest = url.rpartition("/")
    _old, question, options = rest.partition("?")
    return f"{address}/{name}{question}{options}"


def _watched(workers: list[psutil.Process]) -> dict[str, list[psutil.Process]]:
    """The workers' children, and the database's processes together."""
    found = {f"worker {number}": worker.children() for number, worker in enumerate(workers, start=1)}
    server = psutil.Process(connection.connection.info.backend_pid).parent()
    found["postgres"] = server.children() if server else []
    return found


def _cpu(processes: list[psutil.Process]) -> float:
    """Seconds, of those that still run."""
    seconds = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            seconds += sum(process.cpu_times()[:2])
    return seconds


def _peak(worker: psutil.Process) -> float:
    return max(_high_water(child.pid) for child in worker.children())


def _high_water(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def forget_needs() -> None:
    """What an earlier run left, so that each run starts alike."""
    Actor.objects.filter(slug=ASKING).delete()
    MatchingDue.objects.all().delete()
    LastMatching.objects.all().delete()
