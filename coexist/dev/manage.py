"""./dev manage ARGS: Django's commands, on the demo's data."""

import os

from coexist.embedded import EmbeddedPostgres, EmbeddedValkey, state_folder

from .engines import engines
from .processes import call, python

# These need no database: they stay quick and work while the demo is down.
WITHOUT_ENGINES = {"makemessages", "compilemessages", "collectstatic", "help", "version", "--help", "--version"}


def run(arguments: list[str]) -> int:
    command = python("manage.py", *arguments)
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "coexist.settings.local")
    if not arguments or arguments[0] in WITHOUT_ENGINES:
        return call(command, {**os.environ, "DJANGO_SETTINGS_MODULE": settings})
    if _demo_runs():
        folder = state_folder("demo")
        env = {
            "DATABASE_URL": EmbeddedPostgres(folder).url,
            "REDIS_URL": EmbeddedValkey(folder).url,
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
        }
        return call(command, env)
    with engines("demo") as env:
        return call(command, {**env, "DJANGO_SETTINGS_MODULE": settings})


def _demo_runs() -> bool:
    return EmbeddedPostgres(state_folder("demo")).is_running()
