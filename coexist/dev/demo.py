"""./dev demo: the whole of CoExist on one machine, with content, until Ctrl-C."""

import fcntl
import json
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

from coexist.embedded import EmbeddedPostgres, state_folder

from .engines import engines
from .processes import Children, StopError, call, python

STATE = "demo"
READY_WITHIN = 90  # seconds
ACCOUNTS = """
  animation@coexist.example      animatrice (administration : /admin/)
  ong@coexist.example            Passerelles solidaires, association
  entreprise@coexist.example     Léman Ingénierie, entreprise
  collectivite@coexist.example   Annemasse Agglo, collectivité
  universite@coexist.example     Université des savoirs alpins
  mot de passe de tous : demo-coexist
"""


def run(arguments: list[str]) -> int:
    """Start everything, wait until it answers, stay until Ctrl-C."""
    unknown = set(arguments) - {"--reset"}
    if unknown:
        raise StopError(f"demo takes --reset only, not {' '.join(sorted(unknown))}.")
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, signal.default_int_handler)
    port = _free_port()
    folder = state_folder(STATE)
    with _only_one(folder):
        if "--reset" in arguments:
            _forget(folder)
        return _serve(folder, port)


def _serve(folder: Path, port: int) -> int:
    logs = folder / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir()
    children = Children(logs)
    try:
        _say("Starting PostgreSQL and Valkey …")
        with engines(STATE) as env:
            env = {**env, "DJANGO_SETTINGS_MODULE": "coexist.settings.local", "PYTHONUNBUFFERED": "1"}
            env.setdefault("SITE_URL", f"http://localhost:{port}")
            try:
                _say("Bringing the database up to date and loading the demo …")
                if call(python("manage.py", "prepare_demo"), env) != 0:
                    raise StopError("the database could not be prepared; the lines above say why.")
                _start_all(children, env, port)
                _wait_until_ready(children, port)
                print(f"\nCoExist is ready: http://localhost:{port}/\n{ACCOUNTS}", flush=True)
                print(f"Logs: {logs}. Ctrl-C stops everything.", flush=True)
                _watch(children)
            finally:
                # Ctrl-C pressed twice must not leave a half of it running.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                children.stop_all()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    return 0


def _start_all(children: Children, env: dict, port: int) -> None:
    _say("Starting web server, worker and scheduler …")
    children.start(
        "web",
        python("-m", "gunicorn", "-c", "coexist/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "coexist.wsgi"),
        env,
    )
    worker = python("-m", "celery", "-A", "coexist", "worker", "--concurrency", "1", "--loglevel", "INFO")
    worker += ["--queues", "celery,rescoring"]  # in production the second one has a worker of its own
    children.start("worker", [*worker, "--without-gossip", "--without-mingle"], env)
    children.start("scheduler", python("-m", "celery", "-A", "coexist", "beat", "--loglevel", "INFO"), env)


def _wait_until_ready(children: Children, port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    missing = ""
    while time.monotonic() < deadline:
        _stop_if_one_ended(children)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/pret/", timeout=10):
                return
        except urllib.error.HTTPError as error:
            missing = ", ".join(json.loads(error.read()).get("failing", []))
        except OSError:
            missing = "web"
        time.sleep(0.1)
    raise StopError(f"not ready after {READY_WITHIN} s: {missing} does not answer; see {children.log_folder}.")


def _watch(children: Children) -> None:
    while True:
        _stop_if_one_ended(children)
        time.sleep(0.5)


def _stop_if_one_ended(children: Children) -> None:
    ended = children.ended()
    if ended:
        raise StopError(f"the {ended} process stopped:\n{children.last_lines(ended)}")


def _free_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StopError(f"PORT={text} is not a port number.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise StopError(f"port {port} is reserved for root: choose one above 1023, PORT=8080 ./dev demo.") from None
        except OSError:
            raise StopError(f"port {port} is taken: choose another one, PORT={port + 1} ./dev demo.") from None
    return port


def _only_one(folder: Path) -> IO:
    lock = (folder / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StopError("a demo of this checkout is running already: stop it with Ctrl-C first.") from None
    return lock


def _forget(folder: Path) -> None:
    _say("Forgetting the earlier demo …")
    if os.environ.get("DATABASE_URL"):
        raise StopError("--reset empties the embedded database only; DATABASE_URL names another: empty it yourself.")
    EmbeddedPostgres(folder).stop()
    for name in ("pg", "valkey"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _say(text: str) -> None:
    print(text, flush=True)
