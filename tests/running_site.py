"""The whole site in processes of its own: gunicorn, worker, scheduler, broker, mail server; database of the test."""

import json
import os
import signal
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import redis
from celery import Task
from django.conf import settings
from django.db import connection
from django.test import Client
from kombu import Connection

from coexist.dev.processes import Children, python
from coexist.embedded import EmbeddedValkey
from projects.matching.models import MatchingDue
from projects.matching.tasks import match_due
from tests.mailbox import Mailbox, free_port
from tests.waiting import until

CSRF = "c" * 32
CELERY, LOUD = ["celery", "-A", "coexist"], ["--loglevel", "INFO"]
# What each process writes once it works.
READY = {"web": "Booting worker", "worker": " ready.", "scheduler": "beat: Starting..."}


class RunningSite:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.broker = EmbeddedValkey(folder)
        self.mailbox = Mailbox()
        self.children = Children(folder)
        self.env = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "tests.running_settings", "DATABASE_URL": url_of_test_database(),
            "REDIS_URL": self.broker.url, "EMAIL_URL": self.mailbox.url, "SITE_URL": self.url, "WEB_CONCURRENCY": "1",
            "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def start(self, *names: str) -> None:
        """Start these processes, those that run already excepted, and wait until they are ready."""
        earlier = {name: self._times_ready(name) for name in names if name not in self.children.running}
        for name in earlier:
            self.children.start(name, python("-m", *self._command(name)), self.env)
        for name, times in earlier.items():
            until(lambda name=name, times=times: self._times_ready(name) > times, f"the {name}")

    def _command(self, name: str) -> list[str]:
        bind = ["--bind", f"127.0.0.1:{self.port}"]
        return {
            "web": ["gunicorn", "-c", "coexist/gunicorn.conf.py", *bind, "coexist.wsgi"],
            "worker": [*CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle", *LOUD],
            "scheduler": [*CELERY, "beat", *LOUD],
        }[name]

    def _times_ready(self, name: str) -> int:
        log = self.children.log_folder / f"{name}.log"
        return log.read_text(errors="replace").count(READY[name]) if log.exists() else 0

    def kill(self, name: str) -> None:
        """As the kernel does when memory runs out: no signal that could be caught, children included.

        The broker would give its unfinished message to another worker half an hour later: it is dropped.
        """
        process = self.children.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._redis().delete("unacked", "unacked_index")

    def get(self, path: str) -> tuple[int, str]:
        return self._open(urllib.request.Request(self.url + path))

    def post(self, path: str, person, **data: str) -> tuple[int, str]:
        """Send a form as `person`; the answer is that of the page it leads to."""
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        cookies = f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        headers = {"Cookie": cookies, "X-CSRFToken": CSRF}
        return self._open(urllib.request.Request(self.url + path, urlencode(data).encode(), headers))

    def health(self) -> tuple[int, list[str]]:
        """Status and failing parts of /sante/pret/."""
        status, body = self.get("/sante/pret/")
        return status, json.loads(body)["failing"]

    def all_up(self) -> None:
        """Broker, mail server and worker run, nothing is queued, no mail is kept."""
        if not self._broker_answers():
            self.broker.start()
        self.mailbox.start()
        self.mailbox.clear()
        self._redis().delete("celery", "unacked", "unacked_index")
        self.start("web", "worker")

    def send_what_is_due(self) -> None:
        """Send the worker the message of each row that waits, as the page that wrote the row does."""
        for pk in MatchingDue.objects.values_list("pk", flat=True):
            self.send(match_due, pk)

    def match_what_is_due(self) -> None:
        self.send_what_is_due()
        until(lambda: not MatchingDue.objects.exists(), "an end of the matching")

    def send(self, task: Task, *args: int) -> None:
        with Connection(self.broker.url.replace("unix://", "redis+socket://", 1)) as broker:
            task.apply_async(args=args, connection=broker)

    def idle(self) -> None:
        """Wait until the worker has nothing left to do."""
        queue = self._redis()
        until(lambda: not queue.llen("celery") and not queue.hlen("unacked"), "an idle worker")

    def rest(self) -> None:
        """Let the worker finish, so that no row is written once the test's tables are emptied."""
        self.children.stop("scheduler")
        if "worker" in self.children.running and self._broker_answers():
            self.idle()
        else:
            self.children.stop("worker")

    def stop(self) -> None:
        self.children.stop_all()
        self.mailbox.stop()
        self.broker.stop()

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        # Nothing here takes seconds: an answer that hangs on a dead part is a failure.
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def _redis(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.broker.socket))

    def _broker_answers(self) -> bool:
        try:
            return bool(self._redis().ping())
        except redis.exceptions.ConnectionError:
            return False


def url_of_test_database() -> str:
    """DATABASE_URL with the name of the test's own database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    folder, _slash, _name = parts.path.rpartition("/")
    # Not urlunsplit, which drops the empty host of a socket's address.
    path = f"{folder}/{connection.settings_dict['NAME']}"
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(scope="session")
def _site_processes(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        site = RunningSite(tmp_path_factory.mktemp("site"))
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture
def running_site(_site_processes, transactional_db) -> RunningSite:
    """Web, broker, mail server and worker up; a test starts the scheduler when it wants it."""
    _site_processes.all_up()
    yield _site_processes
    _site_processes.rest()
