"""./dev check: everything that can be known without running the product."""

import os
import tempfile
import time

from .engines import engines
from .processes import call, python

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "coexist.settings.production",
    "SECRET_KEY": "only-to-check-settings-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
    "ALLOWED_HOSTS": "coexist.example",
    "SITE_URL": "https://coexist.example",
    "EMAIL_URL": "smtp://localhost:25",
}


def run(arguments: list[str]) -> int:
    """Run every check, say how each ended; the status is 1 when one failed."""
    with engines("check", for_tests=True) as env, tempfile.TemporaryDirectory() as folder:
        env["STATIC_ROOT"] = folder
        outcomes = [_check(name, command, {**env, **extra}) for name, command, extra in _checks()]
    return 0 if all(outcomes) else 1


def _checks() -> list[tuple[str, list[str], dict]]:
    test = {"DJANGO_SETTINGS_MODULE": "coexist.settings.test"}
    return [
        ("ruff", python("-m", "ruff", "check", ".", "dev"), {}),
        ("ruff format", python("-m", "ruff", "format", "--check", ".", "dev"), {}),
        ("djlint", python("-m", "djlint", "templates", "--lint", "--quiet"), {}),
        ("import-linter", ["lint-imports", "--no-cache"], test),
        ("missing migrations", python("manage.py", "makemigrations", "--check", "--dry-run"), test),
        ("settings for production", python("manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
        ("static files for production", python("manage.py", "collectstatic", "--noinput", "-v", "0"), PRODUCTION),
        ("mypy", python("-m", "mypy", "."), test),
    ]


def _check(name: str, command: list[str], env: dict) -> bool:
    print(f"── {name}", flush=True)
    started = time.monotonic()
    binaries = os.path.dirname(python()[0])
    status = call(command, {**env, "PATH": f"{binaries}:{env.get('PATH', '')}"})
    print(f"   {'passed' if status == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s", flush=True)
    return status == 0
