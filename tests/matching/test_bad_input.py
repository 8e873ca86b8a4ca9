"""What people and chance throw at matching: no crash, no mail twice, no mail that should not go."""

import threading
from contextlib import suppress

import pytest
from django.core import mail as outgoing
from django.db import connection

from actors import services as actor_services
from actors.enums import ActorState
from actors.models import Skill
from coexist.common.mail.digests import send_due_digests
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.tasks import deliver_due
from projects import services as project_services
from projects.matching import run, tasks
from projects.matching.models import Match, MatchingDue, Solicitation
from tests.factories import network, people

from .small_network import ANSWER, WANTED

pytestmark = pytest.mark.django_db

STRANGE = {
    "three words": "Aide pour tout",
    "emoji": "🎉🚰👩🏽‍🌾",
    "arabic": "نبحث عن محاسب متطوع لجمعيتنا",
    "chinese": "为我们的协会寻找志愿会计",
    "signs": "… ??? !!! — 12 €",
    "one long word": "é" * 150,
}


def published(title=WANTED, lead=None):
    need = network.need(network.project(lead or network.owned_actor()[0]), title, state="draft")
    project_services.publish(project=need.project, needs=[need], acting_user=None)
    return need


def offering(title=ANSWER, **fields):
    actor, owner = network.owned_actor(**fields)
    network.read(actor, network.offer(actor, title))
    return actor, owner


def work() -> None:
    """What the worker does, twice over."""
    for _time in range(2):
        for due in MatchingDue.objects.all():
            tasks.match_due(due.pk)
        tasks.announce_due()
        deliver_due()


def told(person) -> int:
    return sum(message.to == [person.email] for message in outgoing.outbox)


def in_thread(call) -> None:
    """In a connection of its own, and to its end."""
    at_once(call)


def at_once(*calls) -> None:
    """Each call in a thread and a connection of its own; what one raised is raised here."""
    start, errors = threading.Barrier(len(calls)), []

    def alone(call):
        try:
            start.wait(30)
            call()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=alone, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]


def meanwhile(monkeypatch, step: str, event) -> None:
    """`event` happens elsewhere, once, right after this step of the run."""
    done, pending = getattr(run, step), [event]

    def step_then_event(*args):
        found = done(*args)
        if pending:
            in_thread(pending.pop())
        return found

    monkeypatch.setattr(run, step, step_then_event)


@pytest.mark.parametrize("title", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_need_is_matched_like_another(title):
    _actor, owner = offering()
    need = published(title)
    work()
    assert not MatchingDue.objects.exists()
    assert told(owner) <= 1
    assert told(owner) == need.matches.exclude(solicited_at=None).count()


@pytest.mark.parametrize("title", STRANGE.values(), ids=STRANGE.keys())
def test_the_same_strange_words_on_both_sides_are_told_once(title):
    _actor, owner = offering(title)
    _reader, other = offering()
    published(title)
    work()
    assert told(owner) <= 1
    assert told(other) <= 1
    assert not MatchingDue.objects.exists()


def test_a_profile_of_twenty_thousand_characters_is_matched(animator):
    actor, owner = offering(state=ActorState.DRAFT)
    actor.description = ("Nous relisons des statuts, des chartes et des contrats. 🎉 " * 400)[:20_000]
    actor.summary = "Relecture juridique pour les associations."
    actor_services.update_actor(actor=actor, acting_user=owner)
    published()
    work()
    assert told(owner) == 0
    actor_services.decide(actor=actor, state=ActorState.APPROVED, reason="", acting_user=animator)
    outgoing.outbox.clear()
    work()
    (match,) = Match.objects.filter(actor=actor)
    assert match.solicited_at
    assert not MatchingDue.objects.exists()
    assert Solicitation.objects.filter(person=owner).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["index_need", "knowledge", "rank_actors"])
def test_a_skill_deleted_while_the_task_runs_stops_nothing(monkeypatch, step):
    _actor, owner = offering()
    need = published()
    carried = list(need.skills.values_list("pk", flat=True))
    assert carried
    meanwhile(monkeypatch, step, lambda: Skill.objects.filter(pk__in=carried).delete())
    work()
    assert not Skill.objects.filter(pk__in=carried).exists()
    assert told(owner) == 1
    assert not MatchingDue.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["knowledge", "rank_actors"])
def test_an_actor_suspended_between_scoring_and_mail_gets_none_and_is_named_to_nobody(monkeypatch, animator, step):
    (actor, owner), (_other, reader) = offering(name="Cabinet Parti"), offering(name="Cabinet Resté")
    lead, project_owner = network.owned_actor()
    published(lead=lead)
    meanwhile(monkeypatch, step, lambda: suspend(actor, animator))
    work()
    assert not OutgoingEmail.objects.filter(recipient=owner).exclude(kind_code="actor_decision").exists()
    assert told(reader) == 1
    (names,) = [message for message in outgoing.outbox if message.to == [project_owner.email]]
    assert "Cabinet Resté" in names.body
    assert "Cabinet Parti" not in names.body


@pytest.mark.parametrize("digest", ["immediate", "daily"])
def test_an_actor_suspended_between_the_written_mail_and_its_sending_gets_none(animator, clock, digest):
    actor, owner = offering(name="Cabinet Parti")
    owner.digest = digest
    owner.save()
    _other, reader = offering(name="Cabinet Resté")
    lead, project_owner = network.owned_actor()
    need = published(lead=lead)
    run.match_need(need)
    assert set(OutgoingEmail.objects.values_list("recipient", flat=True)) == {owner.pk, reader.pk, project_owner.pk}
    clock.forward(days=1)
    send_due_digests()  # it is written, and waits for the mail server
    suspend(actor, animator)
    MatchingDue.objects.all().delete()
    send_due_digests()
    deliver_due()
    assert {message.subject for message in outgoing.outbox if message.to == [owner.email]} <= {decision().subject}
    (names,) = [message for message in outgoing.outbox if message.to == [project_owner.email]]
    assert "Cabinet Resté" in names.body
    assert "Cabinet Parti" not in names.body
    assert Match.objects.get(actor=actor).solicited_at is None  # nobody heard of it


def suspend(actor, animator) -> None:
    actor_services.decide(actor=actor, state=ActorState.SUSPENDED, reason="Test", acting_user=animator)


def decision() -> OutgoingEmail:
    return OutgoingEmail.objects.get(kind_code="actor_decision")


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_need_write_each_mail_once():
    owners = [offering()[1] for _number in range(3)]
    published()
    due = MatchingDue.objects.get()
    at_once(lambda: tasks.match_due(due.pk), lambda: tasks.match_due(due.pk), tasks.announce_due)
    deliver_due()
    assert [told(owner) for owner in owners] == [1, 1, 1]
    assert Match.objects.count() == 3
    assert OutgoingEmail.objects.filter(kind_code="need_matches").count() == 1
    assert not MatchingDue.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_a_need_and_on_its_actor_do_not_wait_for_each_other(monkeypatch):
    """Each has the lock that the other's foreign key points to: they meet there on purpose."""
    actor, owner = offering()
    need = published()
    keep, both_keep = run._keep, threading.Barrier(2, timeout=3)

    def keep_together(found):
        with suppress(threading.BrokenBarrierError):
            both_keep.wait()  # a worker that waits for the other's lock does not come
        return keep(found)

    monkeypatch.setattr(run, "_keep", keep_together)
    at_once(lambda: run.match_need(need), lambda: run.match_actor(actor))
    deliver_due()
    assert told(owner) == 1
    assert Match.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_whose_people_meet_crosswise_both_finish():
    """Each organisation's person is asked about the other's need, and told of the other's offer."""
    (one, first), (two, second) = offering(), offering()
    needs = [published(lead=one), published(lead=two)]
    at_once(*[lambda need=need: run.match_need(need) for need in needs])
    deliver_due()
    assert [told(first), told(second)] == [2, 2]  # one proposal, one list of names each
    assert {mail.state for mail in OutgoingEmail.objects.all()} == {MailState.SENT}


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_fill_one_week_from_two_needs_leave_five():
    owner = people.verified()
    for actor in [network.actor(owner=owner), network.actor(owner=owner)]:
        network.read(actor, network.offer(actor, ANSWER))
    needs = [published() for _number in range(4)]
    at_once(*[lambda need=need: run.match_need(need) for need in needs])
    deliver_due()
    assert Solicitation.objects.filter(person=owner).count() == 5
    tasks.announce_due()
    assert Solicitation.objects.filter(person=owner).count() == 5
