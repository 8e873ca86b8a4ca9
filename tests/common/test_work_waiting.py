"""The administration's first page: what waits, how long, what is broken."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.scheduler import Heartbeat
from projects.matching.enums import Subject
from projects.matching.models import MatchingDue
from tests.factories import mails, network, people

pytestmark = pytest.mark.django_db
LATE = "Le planificateur ne tourne pas."


@pytest.fixture
def index(client, animator):
    client.force_login(animator)
    return lambda: client.get("/admin/").content.decode()


def lines(html: str) -> list[str]:
    work = html.partition('<section class="work"')[2].partition("</section>")[0]
    return [" ".join(line.split()) for line in work.split("<li")[1:]]


def test_profiles_waiting_are_counted_with_the_oldest_age(index):
    for days in (1, 12, 5):
        network.actor(state="waiting", submitted_at=timezone.now() - timedelta(days=days))
    network.actor(
        state="waiting", submitted_at=timezone.now() - timedelta(days=40),
        snoozed_until=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip
    profiles = next(line for line in lines(index()) if "Profils à valider" in line)
    assert '<span class="work-count">3</span>' in profiles
    assert "?file=waiting" in profiles
    assert "le plus ancien attend depuis 1 semaine, 5 jours" in profiles


def test_an_empty_queue_is_shown_as_such(index):
    assert [line for line in lines(index()) if "work-trouble" in line] == []
    assert all('<span class="work-count">0</span>' in line for line in lines(index()))


def test_failed_mails_and_stuck_jobs_stand_out(index):
    mails.answer(people.verified())
    OutgoingEmail.objects.update(state=MailState.FAILED)
    due = MatchingDue.ask(Subject.NEED, network.need(network.project(network.actor())))
    MatchingDue.objects.filter(pk=due.pk).update(attempts=20)
    troubles = [line for line in lines(index()) if "work-trouble" in line]
    assert len(troubles) == 2
    assert all('<span class="work-count">1</span>' in line for line in troubles)


@pytest.mark.parametrize(
    ("minutes", "late"), [(None, True), (16, True), (14, False), (0, False)], ids=["never", "16", "14", "now"]
)
def test_a_scheduler_silent_for_a_quarter_of_an_hour_is_told_in_red(index, minutes, late):
    if minutes is not None:
        Heartbeat.objects.create(name="scheduler", at=timezone.now() - timedelta(minutes=minutes))
    assert (LATE in index()) == late


def test_nobody_reads_of_what_they_may_not_see(client):
    client.force_login(people.verified(is_staff=True))
    assert "work-count" not in client.get("/admin/").content.decode()


def test_the_page_costs_the_same_whatever_waits(client, animator):
    client.force_login(animator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/admin/")
        return len(caught)

    queries()
    network.actor(state="waiting", submitted_at=timezone.now())
    one = queries()
    for _number in range(5):
        network.actor(state="waiting", submitted_at=timezone.now())
    assert queries() == one <= 28  # one for each line, and for the oldest of those that are not empty
