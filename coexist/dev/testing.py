"""./dev test: the whole suite, browser tests included, on embedded PostgreSQL and Valkey."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coexist.embedded import state_folder

from .engines import engines
from .processes import Children, StopError, call, python

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What waits for browsers and other processes, beside what works out of one: each keeps one core busy.
SLOW, REST = "browser or processes", "not (browser or processes)"
HOW_TO_GET_CHROMIUM = (
    "the browser tests need Chromium: apt install chromium, or name one with CHROMIUM=/path/to/chromium."
)


def run(arguments: list[str]) -> int:
    """The whole suite in two halves side by side; with arguments, what they name, in one.

    A database server that the environment names is shared, so there the halves would meet: one again.
    """
    env = {"CHROMIUM": find_chromium() or install_chromium(), "DJANGO_SETTINGS_MODULE": "coexist.settings.test"}
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


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise StopError(f"CHROMIUM={named} cannot be run.")
        return named
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def install_chromium() -> str:
    """Debian's package, where this user may install it."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise StopError(HOW_TO_GET_CHROMIUM)
    print("Installing Debian's chromium for the browser tests …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print("\n".join(done.stderr.strip().splitlines()[-3:]), flush=True)
    found = find_chromium()
    if found is None:
        raise StopError(HOW_TO_GET_CHROMIUM)
    return found
