"""What breaks around CoExist costs time and nothing else: real broker, worker, scheduler and SMTP server.

Two waits are cut short by moving a row's date: the sweep leaves a fresh job to its message for 20
seconds, and a mail that failed rests for a minute.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from actors.services import save_offer
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.tasks import deliver
from projects.enums import NeedState, ProjectState
from projects.matching.models import Match, MatchingDue
from projects.models import Need
from projects.services import publish
from tests.factories import network, people
from tests.waiting import until

pytestmark = pytest.mark.processes
NGO, COMPANY = "ngo@test.example", "company@test.example"


@pytest.fixture
def need(running_site) -> Need:
    """Ready to be published; one company's offer suits it, and another actor's does not."""
    lead = network.actor(owner=people.verified(email=NGO))
    suits = network.actor(owner=people.verified(email=COMPANY), kind="company")
    for actor, title in [(suits, "Relecture de statuts associatifs"), (network.owned_actor()[0], "Cours de danse")]:
        save_offer(offer=network.offer(actor, title), skills=None, acting_user=None)
    running_site.match_what_is_due()
    draft = network.project(lead, state=ProjectState.DRAFT)
    return network.need(draft, "Relire les statuts de notre association", state=NeedState.DRAFT)


def test_a_need_published_without_a_broker_is_matched_when_it_returns(running_site, need):
    running_site.broker.stop()
    assert _publish_on_the_site(running_site, need) == 200
    need.refresh_from_db()
    assert need.state == NeedState.PUBLISHED
    assert list(MatchingDue.objects.values_list("subject", "subject_id")) == [("need", need.pk)]
    assert not Match.objects.exists()
    assert not OutgoingEmail.objects.exists()

    running_site.broker.start()
    _let_the_sweeps_work(running_site)
    _each_side_is_told_once(running_site, need)
    assert not MatchingDue.objects.exists()
    until(lambda: running_site.health() == (200, []), "a site whose every part works again")
    running_site.children.stop("web")  # for some seconds it would hand nothing over to a broker it met dead


def test_mails_wait_for_the_mail_server_and_are_never_taken_for_sent(running_site, need):
    running_site.mailbox.stop()
    _publish_on_the_site(running_site, need)
    until(lambda: OutgoingEmail.objects.filter(attempts=1).count() == 2, "two mails tried in vain")
    for mail in OutgoingEmail.objects.all():
        assert (mail.state, mail.sent_at) == ("queued", None)
        assert mail.error.startswith("ConnectionRefusedError")
        assert mail.next_attempt_at > timezone.now()

    running_site.mailbox.start()
    _let_the_sweeps_work(running_site)
    _each_side_is_told_once(running_site, need)
    assert set(OutgoingEmail.objects.values_list("state", "attempts", "error")) == {("sent", 2, "")}
    assert not OutgoingEmail.objects.filter(sent_at=None).exists()


def test_a_worker_killed_while_it_matches_loses_nothing(running_site, need):
    publish(project=need.project, needs=[need], acting_user=None)
    with transaction.atomic():
        Need.objects.select_for_update().get(pk=need.pk)  # the worker stops where it writes the matches
        running_site.send_what_is_due()
        until(_somebody_waits_for_a_lock, "a worker in the middle of its job")
        running_site.kill("worker")
    until(lambda: not _somebody_waits_for_a_lock(), "the end of what the worker had begun")
    assert not Match.objects.exists()
    assert not OutgoingEmail.objects.exists()
    assert list(MatchingDue.objects.values_list("subject", "subject_id")) == [("need", need.pk)]

    running_site.start("worker")
    _let_the_sweeps_work(running_site)
    _each_side_is_told_once(running_site, need)
    assert not MatchingDue.objects.exists()


def test_a_worker_killed_while_it_sends_sends_again_under_the_same_message_id(running_site, need):
    running_site.mailbox.holds = True
    _publish_on_the_site(running_site, need)
    until(lambda: running_site.mailbox.messages, "a mail that the server took without saying so")
    running_site.kill("worker")
    running_site.mailbox.holds = False
    [first] = running_site.mailbox.messages
    assert set(OutgoingEmail.objects.values_list("state", "attempts", "sent_at")) == {("queued", 0, None)}

    running_site.start("worker")
    _let_the_sweeps_work(running_site)
    again = running_site.mailbox.wait_for(first["To"], 2)
    assert again["Message-ID"] == first["Message-ID"]
    until(lambda: not OutgoingEmail.objects.exclude(state="sent").exists(), "all mails sent")
    running_site.idle()
    assert running_site.mailbox.addresses() == sorted([first["To"], COMPANY, NGO])


def test_a_job_run_twice_writes_and_mails_once(running_site, need):
    _publish_on_the_site(running_site, need)
    _each_side_is_told_once(running_site, need)
    MatchingDue.ask("need", need)
    MatchingDue.ask("actor", Match.objects.get().actor)
    for _time in range(2):
        running_site.send_what_is_due()
        for pk in OutgoingEmail.objects.values_list("pk", flat=True):
            running_site.send(deliver, pk)
    running_site.idle()
    assert not MatchingDue.objects.exists()
    _each_side_is_told_once(running_site, need)


def _publish_on_the_site(site, need: Need) -> int:
    """Status of the page that publishing leads to; a page that hangs fails."""
    owner = need.project.lead.members.get()
    return site.post(f"/projets/{need.project.slug}/publier/", owner)[0]


def _let_the_sweeps_work(site) -> None:
    """Make what is due old enough, and start the scheduler."""
    MatchingDue.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    OutgoingEmail.objects.filter(state="queued").update(next_attempt_at=timezone.now())
    site.start("scheduler")


def _each_side_is_told_once(site, need: Need) -> None:
    site.mailbox.wait_for(NGO)
    site.mailbox.wait_for(COMPANY)
    until(lambda: not OutgoingEmail.objects.exclude(state="sent").exists(), "all mails sent")
    assert site.mailbox.addresses() == [COMPANY, NGO]
    assert list(Match.objects.values_list("need", "actor__members__email", "is_current")) == [(need.pk, COMPANY, True)]


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else one transaction sees one moment
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]
