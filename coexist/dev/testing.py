"""./dev test: the whole suite, browser tests included, on embedded PostgreSQL and Valkey."""

import os
import shutil
import subprocess
from pathlib import Path

from .engines import engines
from .processes import StopError, call, python

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_CHROMIUM = (
    "the browser tests need Chromium: apt install chromium, or name one with CHROMIUM=/path/to/chromium."
)


def run(arguments: list[str]) -> int:
    chromium = find_chromium() or install_chromium()
    # A state folder of the process's own: two runs on one machine never meet.
    with engines(f"test{os.getpid()}", for_tests=True) as env:
        env = {**env, "CHROMIUM": chromium, "DJANGO_SETTINGS_MODULE": "coexist.settings.test"}
        try:
            return call(python("-m", "pytest", *arguments), env)
        finally:
            _clear(env)


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


def _clear(env: dict) -> None:
    from coexist.embedded import EmbeddedPostgres, state_folder

    folder = state_folder(f"test{os.getpid()}")
    EmbeddedPostgres(folder).stop()
    shutil.rmtree(Path(folder), ignore_errors=True)
