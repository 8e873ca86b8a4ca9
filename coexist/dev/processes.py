"""Starting child processes, and ending every one of them and nothing else."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class StopError(Exception):
    """Ends the command with one line that says what to do."""


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def call(command: list[str], env: dict | None = None) -> int:
    """Run to the end on this terminal."""
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _in_own_group() -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


class Children:
    """The processes of one run; each leads a group of its own, so that its children end with it."""

    def __init__(self, log_folder: Path) -> None:
        self.log_folder = log_folder
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, name: str, command: list[str], env: dict) -> subprocess.Popen:
        log = (self.log_folder / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_in_own_group
        )
        log.close()
        self.running[name] = process
        return process

    def ended(self) -> str | None:
        """Name of a process that stopped by itself."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def last_lines(self, name: str, number: int = 6) -> str:
        text = (self.log_folder / f"{name}.log").read_text(errors="replace")
        return "\n".join(f"    {line}" for line in text.strip().splitlines()[-number:])

    def stop(self, name: str, within: float = 10) -> None:
        process = self.running.pop(name, None)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop_all(self) -> None:
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for name in list(self.running):
            self.stop(name)
