"""./dev bench NAME: speed and quality, measured on purpose and never by a test."""

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
    with engines("bench") as env:
        command = python("manage.py", BENCHES[arguments[0]], *arguments[1:])
        return call(command, {**env, "DJANGO_SETTINGS_MODULE": "coexist.settings.local"})
