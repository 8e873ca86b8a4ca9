"""After a release that emptied the points: all is read anew first, and nobody's turn is lost meanwhile."""

import pytest
from django.db import connection

from actors import services as actor_services
from actors.enums import ActorState
from coexist.common.mail.models import OutgoingEmail
from projects import services as project_services
from projects.enums import NeedState
from projects.matching import reading, rescoring, run, sweeps
from projects.matching.enums import Subject
from projects.matching.models import MOST_ATTEMPTS, LastMatching, Match, MatchingDue, NeedPoint, OfferPoint
from projects.matching.scoring import VERSION
from projects.models import Need
from tests.factories import network

pytestmark = pytest.mark.django_db

WANTED, ANSWER = "Relire les statuts de notre association", "Relecture de statuts associatifs"
OTHER_ANSWER = "Forages et pompes à eau"


def wanted(title=WANTED, **fields):
    lead, _owner = network.owned_actor()
    return network.need(network.project(lead), title, **fields)


def offering(title=ANSWER, **fields):
    actor, _owner = network.owned_actor(**fields)
    network.read(actor, network.offer(actor, title))
    return actor


def release():
    """As the migration leaves the database (0007), where an older engine matched before."""
    OfferPoint.objects.all().delete()
    NeedPoint.objects.all().delete()
    LastMatching.objects.update(version="1")
    MatchingDue.objects.create(subject=Subject.READ, subject_id=0)


def run_minute():
    """What the schedule runs each minute, as though what is due had been asked for a while."""
    MatchingDue.objects.exclude(subject=Subject.AGAIN).update(asked_at="2001-01-01T00:00Z")
    sweeps.match_what_was_missed()
    for piece in rescoring.hand_out():
        rescoring.rescore(piece)


def pairs():
    return set(Match.objects.filter(is_current=True).values_list("need", "actor"))


def told_quietly():
    return set(Match.objects.filter(is_quiet=True).values_list("need", "actor"))


def test_offers_and_needs_are_read_before_any_need_is_scored():
    need, actor = wanted(), offering()
    run.match_need(need)
    release()
    run_minute()
    assert pairs() == {(need.pk, actor.pk)}
    assert OfferPoint.objects.get().offer.actor == actor
    assert NeedPoint.objects.get().need == need
    assert LastMatching.objects.get(subject=Subject.NEED).version == VERSION
    assert not MatchingDue.objects.exists()


def test_a_need_published_while_all_is_read_anew_is_matched_and_told_after_it():
    need, actor = wanted(state=NeedState.DRAFT), offering()
    release()
    project_services.publish(project=need.project, needs=[need], acting_user=None)
    due = MatchingDue.objects.get(subject=Subject.NEED)
    assert run.run_due(due) is False  # its message comes at once
    assert not LastMatching.objects.exists()
    run_minute()
    run_minute()
    assert pairs() == {(need.pk, actor.pk)}
    assert not told_quietly()
    assert OutgoingEmail.objects.count() == 2  # the project's owner, the actor's owner
    assert not MatchingDue.objects.exists()


def test_an_actor_that_joins_while_all_is_read_anew_is_matched_and_told_after_it(animator):
    need, actor = wanted(), offering(state=ActorState.WAITING)
    run.match_need(need)
    release()
    actor_services.decide(actor=actor, state=ActorState.APPROVED, reason="", acting_user=animator)
    run.run_due(MatchingDue.objects.get(subject=Subject.ACTOR))
    run_minute()
    run_minute()
    assert pairs() == {(need.pk, actor.pk)}
    assert not told_quietly()
    assert not MatchingDue.objects.exists()


def test_an_actor_that_changes_while_all_is_read_anew_keeps_its_matches():
    need, actor = wanted(), offering()
    run.match_need(need)
    release()
    actor_services.save_offer(offer=actor.offers.get(), skills=None, acting_user=None)
    run.run_due(MatchingDue.objects.get(subject=Subject.ACTOR))
    assert pairs() == {(need.pk, actor.pk)}


def test_waiting_is_no_failure():
    release()
    MatchingDue.ask(Subject.NEED, wanted())
    MatchingDue.objects.update(asked_at="2001-01-01T00:00Z")
    sweeps.match_what_was_missed()
    assert set(MatchingDue.objects.values_list("attempts", "error")) == {(0, "")}


def test_what_an_older_release_handed_out_waits_too():
    need, _actor = wanted(), offering()
    run.match_need(need)
    release()
    assert rescoring.rescore([need.pk]) == 0
    assert LastMatching.objects.get(subject=Subject.NEED).version == "1"


def test_reading_goes_on_the_next_minute_where_it_stopped(monkeypatch):
    need, _actor = wanted(), offering()
    run.match_need(need)
    release()
    monkeypatch.setattr(rescoring, "READ_FOR", -1.0)
    assert rescoring.hand_out() == []
    assert reading.is_rereading()
    monkeypatch.undo()
    assert rescoring.hand_out() == [[need.pk]]
    assert not reading.is_rereading()


def test_what_cannot_be_read_is_given_up_in_the_end_and_stops_nobody_else(monkeypatch):
    need, good, bad = wanted(), offering(), offering(OTHER_ANSWER)
    release()
    index_actor = rescoring.index_actor

    def fails_for_one(actor):  # stands for a fault of one row's data
        if actor.pk == bad.pk:
            raise ValueError("illisible")
        index_actor(actor)

    monkeypatch.setattr(rescoring, "index_actor", fails_for_one)
    for _minute in range(MOST_ATTEMPTS - 1):
        assert rescoring.hand_out() == []
    assert OfferPoint.objects.get().offer.actor == good
    assert rescoring.hand_out() == [[need.pk]]
    left = MatchingDue.objects.get(subject=Subject.READ)
    assert (left.attempts, left.error) == (MOST_ATTEMPTS, f"Actor {bad.pk}: ValueError: illisible")
    assert not reading.is_rereading()


def test_without_a_release_one_that_cannot_be_read_delays_nobody(monkeypatch):
    need, _bad = wanted(), offering()
    OfferPoint.objects.all().delete()

    def fails(actor):  # stands for a fault of one row's data
        raise ValueError("illisible")

    monkeypatch.setattr(rescoring, "index_actor", fails)
    assert rescoring.hand_out() == [[need.pk]]


def test_points_stand_in_their_rows():
    """PostgreSQL's letter for MAIN; a change of the column's type forgets it (migration 0007)."""
    with connection.cursor() as cursor:
        table = ["matching_offerpoint"]
        cursor.execute(
            "SELECT attstorage FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'vector'", table
        )
        assert cursor.fetchone() == ("m",)


def test_needs_that_are_not_open_are_not_read():
    wanted(state=NeedState.CLOSED)
    assert rescoring.hand_out() == []
    assert Need.objects.count() == 1
    assert not NeedPoint.objects.exists()
