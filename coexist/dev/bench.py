"""./dev bench NAME: speed and quality, measured on purpose and never by a test."""

import os

from coexist.embedded import SHARED_BUFFERS

from .engines import engines
from .processes import StopError, call, python

# Each is a management command of its own.
BENCHES = {
    "matching": "bench_matching",
    "directory": "bench_directory",
    "search": "bench_search",
    "programme": "bench_programme",
    "mediatheque": "bench_mediatheque",
    "fit-matching": "fit_matching",
}


def run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHES:
        raise StopError(f"bench takes one of: {', '.join(BENCHES)}.")
    memory = _quarter_of_memory() if arguments[0] == "matching" else SHARED_BUFFERS
    with engines("bench", shared_buffers=memory) as env:
        command = python("manage.py", BENCHES[arguments[0]], *arguments[1:])
        return call(command, {**env, "DJANGO_SETTINGS_MODULE": "coexist.settings.local"})


def _quarter_of_memory() -> str:
    """As a server for a large network has it (docs/deployment.md)."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 4 // 2**20}MB"
