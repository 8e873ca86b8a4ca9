"""The process that opens a file: `python -m mediatheque.extraction.child`, with a task as JSON on its input.

It bounds itself before it looks at the file, says what it reads line by line, and ends. Whoever made the file
may crash it, and nothing else.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from . import media, office, pdf, pictures, said
from .limits import MOST_CHARACTERS, Limits

READERS: dict[str, Callable[[Path, Path, int, Limits], said.Saying]] = {
    "pdf": pdf.read, "office": office.read, "image": pictures.read, "audio": media.read, "video": media.read,
}  # fmt: skip


def main() -> None:
    task = json.loads(sys.stdin.readline())
    limits = Limits(**task["limits"])
    bound(limits)
    try:
        _read(task, limits)
    except said.ProblemError as problem:
        _say({"problem": problem.code})
    except (MemoryError, RecursionError):
        _say({"problem": "too_heavy"})
    _say({"done": True})


def bound(limits: Limits) -> None:
    """The system ends a process that goes beyond; the alarm stands for a parent that died."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.cpu), (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(kind, (most, most))
    signal.alarm(limits.seconds + 5)


def _read(task: dict, limits: Limits) -> None:
    reader = READERS[task["kind"]]
    characters = 0
    for one in reader(Path(task["path"]), Path(task["folder"]), task["start"], limits):
        characters += len(one.get("text", ""))
        if characters > MOST_CHARACTERS:
            _say({"problem": "cut"})
            return
        _say(one)


def _say(one: said.Said) -> None:
    print(json.dumps(one), flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main()
