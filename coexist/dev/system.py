"""Packages of the system that the tests need: Debian's, installed where this user may."""

import ctypes
import os
import shutil
import subprocess

from .processes import StopError

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_CHROMIUM = (
    "the browser tests need Chromium: apt install chromium, or name one with CHROMIUM=/path/to/chromium."
)
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")


def chromium() -> str:
    """The program's path, found or installed."""
    found = _find_chromium()
    if found is None:
        install("chromium")
        found = _find_chromium()
    if found is None:
        raise StopError(HOW_TO_GET_CHROMIUM)
    return found


def ensure_pango() -> None:
    """What PDF are made with."""
    if not _has_pango():
        install(*PANGO)
    if not _has_pango():
        raise StopError(f"PDF are made with Pango: apt install {' '.join(PANGO)}.")


def install(*packages: str) -> None:
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing Debian's {', '.join(packages)} for the tests …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print("\n".join(done.stderr.strip().splitlines()[-3:]), flush=True)


def _find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise StopError(f"CHROMIUM={named} cannot be run.")
        return named
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def _has_pango() -> bool:
    try:
        for name in PANGO_LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True
