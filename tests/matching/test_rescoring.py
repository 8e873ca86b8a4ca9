"""A new version of the engine: every open need is scored anew, in pieces, and nobody hears of it."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState
from projects.matching import announce, material, rescoring, run, sweeps, tasks
from projects.matching.enums import Subject
from projects.matching.models import LastMatching, Match, MatchingDue
from projects.matching.reading import index_need
from projects.matching.scoring import VERSION
from projects.models import Need
from tests.factories import network

pytestmark = pytest.mark.django_db

WANTED, ANSWER = "Relire les statuts de notre association", "Relecture de statuts associatifs"


def wanted(matched_by="1", **fields):
    """An open need that an older engine matched, to nobody."""
    lead, _owner = network.owned_actor()
    need = network.need(network.project(lead), WANTED, **fields)
    index_need(need)
    seen_as = material.of_need(need)
    LastMatching.objects.create(subject=Subject.NEED, subject_id=need.pk, version=matched_by, seen_as=seen_as)
    return need


def offering():
    actor, _owner = network.owned_actor()
    network.read(actor, network.offer(actor, ANSWER))
    return actor


def rescore_all():
    return sum(rescoring.rescore(piece) for piece in rescoring.hand_out())


def test_what_an_older_engine_matched_is_behind_and_nothing_else():
    old, _new, _ended = wanted(), wanted(VERSION), wanted(state=NeedState.CLOSED)
    MatchingDue.ask(Subject.NEED, wanted())  # its own turn comes, and is told
    assert list(rescoring.behind()) == [old]


def test_a_need_matched_before_versions_were_kept_is_behind():
    need = wanted()
    LastMatching.objects.all().delete()
    assert list(rescoring.behind()) == [need]
    assert rescore_all() == 1
    assert LastMatching.objects.get().version == VERSION


def test_matching_a_need_leaves_it_up_to_date():
    need = wanted()
    run.match_need(need)
    assert not rescoring.behind().exists()


def test_rescoring_finds_matches_and_mails_nobody():
    need, actor = wanted(), offering()
    assert rescore_all() == 1
    match = Match.objects.get()
    assert (match.need, match.actor, match.is_quiet, match.version) == (need, actor, True, VERSION)
    sweeps.announce_what_waits()
    assert announce.needs_with_news() == []
    assert not OutgoingEmail.objects.exists()
    assert not MatchingDue.objects.exists()


def test_a_match_that_was_told_before_keeps_its_dates_and_is_not_told_again():
    need, _actor = wanted(VERSION), offering()
    run.match_need(need)
    told = Match.objects.values("announced_at", "solicited_at").get()
    mails = OutgoingEmail.objects.count()
    assert mails == 2
    LastMatching.objects.filter(subject=Subject.NEED).update(version="1")
    rescore_all()
    sweeps.announce_what_waits()
    assert Match.objects.values("announced_at", "solicited_at").get() == told
    assert OutgoingEmail.objects.count() == mails


def test_a_match_that_waited_to_be_told_is_told_after_a_rescoring():
    need, _actor = wanted(VERSION), offering()
    run.match_need(need)
    Match.objects.update(announced_at=None, solicited_at=None)
    OutgoingEmail.objects.all().delete()
    LastMatching.objects.filter(subject=Subject.NEED).update(version="1")
    rescore_all()
    sweeps.announce_what_waits()
    assert OutgoingEmail.objects.count() == 2  # the project's owner, the actor's owner


def test_a_need_that_changes_later_is_told_what_the_new_engine_found():
    need, _actor = wanted(), offering()
    rescore_all()
    run.match_need(need)
    assert Match.objects.get().is_quiet  # nothing changed
    need.title = "Relire et corriger les statuts de notre association"
    need.save()
    run.match_need(need)
    assert not Match.objects.get().is_quiet
    assert OutgoingEmail.objects.count() == 2


def test_what_is_under_way_is_not_handed_out_twice_and_what_is_lost_is():
    need = wanted()
    assert rescoring.hand_out() == [[need.pk]]
    assert rescoring.hand_out() == []
    MatchingDue.objects.update(asked_at=timezone.now() - rescoring.LOST_AFTER - timedelta(seconds=1))
    assert rescoring.hand_out() == [[need.pk]]
    assert MatchingDue.objects.get().attempts == 2


def test_a_piece_stopped_in_its_middle_goes_on_where_it_stopped(monkeypatch):
    first, second = wanted(), wanted()
    offering()
    (piece,) = rescoring.hand_out()
    match_need = run.match_need

    def killed_at_the_second(need):  # stands for a worker killed between two needs
        if need.pk == second.pk:
            raise SystemExit
        match_need(need)

    monkeypatch.setattr(run, "match_need", killed_at_the_second)
    with pytest.raises(SystemExit):
        rescoring.rescore(piece)
    assert [match.need for match in Match.objects.all()] == [first]
    monkeypatch.undo()
    assert rescoring.rescore(piece) == 1  # the same message again
    assert rescoring.rescore(piece) == 0
    assert set(Match.objects.values_list("need", flat=True)) == {first.pk, second.pk}


def test_one_need_that_cannot_be_scored_keeps_its_error_and_is_given_up_in_the_end(monkeypatch):
    bad, _good = wanted(), wanted()
    match_need = run.match_need

    def fails_for_one(need):  # stands for a fault of one row's data
        if need.pk == bad.pk:
            raise ValueError("illisible")
        match_need(need)

    monkeypatch.setattr(run, "match_need", fails_for_one)
    assert rescore_all() == 1
    left = MatchingDue.objects.get()
    assert (left.subject, left.subject_id, left.error) == (Subject.AGAIN, bad.pk, "ValueError: illisible")
    MatchingDue.objects.update(attempts=sweeps.MOST_ATTEMPTS, asked_at=timezone.now() - timedelta(days=1))
    assert rescoring.hand_out() == []
    sweeps.match_what_was_missed()
    assert MatchingDue.objects.get().pk == left.pk


def test_no_more_is_handed_out_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(rescoring, "AT_ONCE", 3)
    monkeypatch.setattr(rescoring, "PIECE", 2)
    for _need in range(5):
        wanted()
    assert [len(piece) for piece in rescoring.hand_out()] == [2, 1]
    assert rescoring.hand_out() == []


def test_a_need_that_ended_meanwhile_is_forgotten():
    wanted()
    (piece,) = rescoring.hand_out()
    Need.objects.update(state=NeedState.CLOSED)
    assert rescoring.rescore(piece) == 0
    assert not MatchingDue.objects.exists()


def test_rescoring_has_a_queue_of_its_own():
    routes = current_app.amqp.router.route
    assert routes({}, tasks.rescore.name)["queue"].name == "rescoring"
    assert routes({}, tasks.match_due.name)["queue"].name == "celery"
