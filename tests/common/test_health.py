"""/sante/ and /sante/pret/, asked of real processes that are stopped one by one."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from coexist.common.scheduler import Heartbeat
from tests.waiting import until

pytestmark = pytest.mark.processes
NOBODY_LISTENS = "postgres://nobody@127.0.0.1:9/nothing"
ASK = """
import django, json
django.setup()
from django.test import Client
answers = [Client().get(path) for path in ("/sante/", "/sante/pret/")]
print(json.dumps([[answer.status_code, answer.content.decode()] for answer in answers]))
"""


def test_ready_answers_without_a_database(running_site):
    env = {**running_site.env, "DATABASE_URL": NOBODY_LISTENS}
    done = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)
    alive, ready = json.loads(done.stdout.splitlines()[-1])
    assert alive == [200, "ok"]
    assert ready[0] == 503
    assert json.loads(ready[1]) == {
        "ready": False,
        "failing": ["database", "scheduler"],
        "parts": {"database": "unreachable", "broker": "ok", "worker": "ok", "scheduler": "unreachable"},
    }


def test_ready_names_each_part_that_does_not_work(running_site):
    running_site.start("scheduler")
    until(lambda: running_site.health() == (200, []), "a site whose every part works")

    running_site.children.stop("scheduler")
    assert running_site.health() == (200, []), "a scheduler is given some seconds before it counts as silent"
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=1))  # instead of waiting for them
    assert running_site.health() == (503, ["scheduler"])

    running_site.children.stop("worker")
    assert running_site.health() == (503, ["scheduler", "worker"])

    running_site.broker.stop()
    assert running_site.health() == (503, ["broker", "scheduler", "worker"])
    assert running_site.get("/sante/") == (200, "ok")
