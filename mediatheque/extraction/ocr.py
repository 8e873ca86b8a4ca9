"""Tesseract, where it is installed with French (Debian: tesseract-ocr, tesseract-ocr-fra)."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

LANGUAGE = "fra"


@cache
def is_there() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        found = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in found.stdout.split()


def read(picture: Path, seconds: int) -> str:
    """What is written in a picture; "" where nothing is found in this time."""
    program = shutil.which("tesseract")
    assert program is not None  # asked by the caller
    command = [program, str(picture), "stdout", "-l", LANGUAGE, "--psm", "1"]
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        found = subprocess.run(command, capture_output=True, timeout=seconds, env=env, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.decode("utf-8", "replace") if found.returncode == 0 else ""
