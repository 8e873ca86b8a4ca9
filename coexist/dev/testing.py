"""./dev test: the whole suite, browser tests included, on embedded PostgreSQL and Valkey."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coexist.embedded import state_folder

from .engines import engines
from .processes import Children, call, python
from .system import chromium, ensure_pango

# What waits for browsers and other processes, beside what works out of one: each keeps one core busy.
SLOW, REST = "browser or processes", "not (browser or processes)"


def run(arguments: list[str]) -> int:
    """The whole suite in two halves side by side; with arguments, what they name, in one.

    A database server that the environment names is shared, so there the halves would meet: one again.
    """
    env = {"CHROMIUM": chromium(), "DJANGO_SETTINGS_MODULE": "coexist.settings.test"}
    ensure_pango()
    if arguments or os.environ.get("DATABASE_URL"):
        with _own_engines("") as own:
            return call(python("-m", "pytest", *arguments), {**own, **env})
    with _own_engines("a") as first, _own_engines("b") as second, tempfile.TemporaryDirectory() as folder:
        beside = Children(Path(folder))
        other = beside.start("rest", python("-m", "pytest", "-m", REST), {**second, **env})
        try:
            code = call(python("-m", "pytest", "-m", SLOW), {**first, **env})
            print(f"\nThe other half, {REST}, beside it:\n", flush=True)
            other.wait()
            print(Path(folder, "rest.log").read_text(errors="replace"), flush=True)
        finally:
            beside.stop_all()
        return code or other.returncode


@contextmanager
def _own_engines(half: str) -> Iterator[dict]:
    """Engines in a state folder of this process's own, gone afterwards: two runs on one machine never meet."""
    name = f"test{os.getpid()}{half}"
    try:
        with engines(name, for_tests=True) as env:
            yield env
    finally:
        shutil.rmtree(state_folder(name), ignore_errors=True)
