"""A real Chromium, one for the whole run; visits of a person, whose complaints are collected."""

import os
from functools import partial

import pytest
from django.conf import settings
from django.test import Client

from tests.browser import world as planted
from tests.browser.visit import PHONE, Visit

# Playwright's synchronous interface runs an event loop in this thread; Django would then refuse the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": os.environ["CHROMIUM"], "args": CHROMIUM_FLAGS}


@pytest.fixture
def world(transactional_db) -> planted.World:
    return planted.plant()


@pytest.fixture
def open_visit(new_context):
    """`open_visit(site, person)`: a person's browser on a phone, signed in; without a person, a visitor's."""

    def start(site: str, person=None, **options) -> Visit:
        context = new_context(base_url=site, viewport=PHONE, locale="fr-FR", reduced_motion="reduce", **options)
        if person is not None:
            context.add_cookies([{**session_of(person), "url": site}])
        return Visit(context)

    return start


@pytest.fixture
def visit(open_visit, live_server):
    """The same on the server that runs inside the test: no worker, no mail."""
    return partial(open_visit, live_server.url)


def session_of(person) -> dict:
    """The cookie that the log-in form gives; the form itself is used in the keyboard test."""
    client = Client()
    client.force_login(person)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
