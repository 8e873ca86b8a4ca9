"""Starting the child, listening to it, and ending it when its time is over."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from .limits import LONGEST_LINE, Limits
from .said import Said


class ChildError(Exception):
    """The child ended before it was done: by its limits, or by the file. `late`: the clock ended it."""

    def __init__(self, how: str, *, late: bool) -> None:
        super().__init__(how)
        self.late = late


def listen(kind: str, path: Path, folder: Path, start: int, limits: Limits) -> Iterator[Said]:
    """What the child says of the file, as it says it. Raises ChildError where it does not come to its end."""
    task = {"kind": kind, "path": str(path), "folder": str(folder), "start": start, "limits": asdict(limits)}
    # A session of its own, so that what the child starts ends with it; none of the site's secrets around it.
    child = subprocess.Popen(
        [sys.executable, "-m", "mediatheque.extraction.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR, env=_environment(folder), start_new_session=True,
    )  # fmt: skip
    over = threading.Event()

    def ring() -> None:
        over.set()
        _end(child)

    clock = threading.Timer(limits.seconds, ring)
    clock.daemon = True
    clock.start()
    try:
        for one in _said(child, task):
            if one.get("done"):
                return
            yield one
        raise ChildError(f"status {child.wait()}", late=over.is_set())
    finally:
        clock.cancel()
        _end(child)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.wait()


def _said(child: subprocess.Popen, task: dict) -> Iterator[Said]:
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(BrokenPipeError):
        child.stdin.write(json.dumps(task).encode() + b"\n")
        child.stdin.flush()
    while line := child.stdout.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)


def _end(child: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
