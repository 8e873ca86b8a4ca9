"""What every test may use: a migrated database with the taxonomy, people in their roles, caught mails."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.test import override_settings
from django.utils import timezone

from tests.factories import people
from tests.running_site import _site_processes, running_site  # noqa: F401 - fixtures
from tests.standing_rows import StandingRows


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The migrated database, with the taxonomy that every deployment loads.

    Django empties every table after a transactional test, then sends post_migrate: the rows that
    migrations and the taxonomy wrote are put back then, so that no test sees a bare database.
    """
    with django_db_blocker.unblock():
        call_command("load_taxonomy", verbosity=0)
        standing = StandingRows.read()
    post_migrate.connect(standing.put_back)
    yield
    post_migrate.disconnect(standing.put_back)


@pytest.fixture(autouse=True)
def _no_message_leaves_for_the_worker(request, monkeypatch):
    """Unit tests have no worker: what would be sent to it is dropped, as when the broker is down.

    Tests marked `processes` start the real broker and worker and are left alone.
    """
    if request.node.get_closest_marker("processes") is None:
        monkeypatch.setattr("coexist.common.jobs._send", lambda task, args: None)


@pytest.fixture(scope="session", autouse=True)
def _files_stay_out_of_the_house(tmp_path_factory):
    """What tests upload is stored in a folder of the run."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield


@pytest.fixture
def animator(db):
    return people.animator()


@pytest.fixture
def member(db):
    """Verified, and of no actor."""
    return people.verified()


class Clock:
    """The site's time, moved by hand."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch):
    """Nothing waits for time to pass: the test says when it is."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock
