"""Where the data lives for one command: servers named by the environment, or embedded ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coexist.embedded import SHARED_BUFFERS, EmbeddedPostgres, EmbeddedValkey, state_folder


@contextmanager
def engines(name: str, *, for_tests: bool = False, shared_buffers: str = SHARED_BUFFERS) -> Iterator[dict]:
    """Environment with DATABASE_URL and REDIS_URL that answer while the block runs.

    An engine that the environment already names is used as it is, and never started or stopped.
    """
    env = dict(os.environ)
    folder: Path | None = None
    started: list = []
    try:
        if not env.get("DATABASE_URL"):
            folder = state_folder(name)
            postgres = EmbeddedPostgres(folder, for_tests=for_tests, shared_buffers=shared_buffers)
            started.append(postgres)
            postgres.start()
            env["DATABASE_URL"] = postgres.url
        if not env.get("REDIS_URL"):
            folder = folder or state_folder(name)
            valkey = EmbeddedValkey(folder)
            started.append(valkey)
            valkey.start()
            env["REDIS_URL"] = valkey.url
        yield env
    finally:
        for engine in reversed(started):
            engine.stop()
