"""From what is due to the rows that keep the result; safe to run again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from actors import services as actor_services
from actors.enums import ActorState
from coexist.common.mail.models import OutgoingEmail
from projects import services as project_services
from projects.enums import NeedState
from projects.matching import run, sweeps
from projects.matching.candidates import actors_for
from projects.matching.enums import Band, Subject
from projects.matching.frequencies import Rarity, Words
from projects.matching.models import Match, MatchingDue
from projects.matching.reading import index_need, point_of
from projects.matching.scoring import BIAS, VERSION
from tests.factories import network

pytestmark = pytest.mark.django_db

WANTED = "Relire les statuts de notre association"
ANSWER = "Relecture de statuts associatifs"
ELSEWHERE = "Élevage de poules pondeuses"


def wanted(**fields):
    lead, _owner = network.owned_actor()
    return network.need(network.project(lead), WANTED, **fields)


def offering(title=ANSWER, **fields):
    actor, _owner = network.owned_actor(**fields)
    offer = network.offer(actor, title)
    network.read(actor, offer)
    return actor


def test_a_match_keeps_its_band_reasons_version_and_best_offer():
    need, actor = wanted(), offering()
    network.offer(actor, ELSEWHERE)
    run.match_need(need)
    match = Match.objects.get()
    assert (match.need, match.actor, match.offer.title) == (need, actor, ANSWER)
    assert match.band in Band.values
    assert match.version == VERSION
    assert match.is_current
    assert {"meaning", "skill_same", "mode"} <= {reason["code"] for reason in match.reasons}
    assert match.score == pytest.approx(BIAS + sum(reason["value"] for reason in match.reasons), abs=0.02)


def test_what_is_too_unsure_is_not_kept():
    need, actor, _unlike = wanted(), offering(), offering(ELSEWHERE)
    run.match_need(need)
    assert [match.actor for match in Match.objects.all()] == [actor]


def test_the_best_fifty_are_kept():
    need = wanted()
    worse = [offering("Statuts d'association : un premier avis", name="Structure") for _ in range(4)]
    better = [offering(name="Structure") for _ in range(49)]
    run.match_need(need)
    kept = set(Match.objects.values_list("actor", flat=True))
    assert len(kept) == run.MOST_MATCHES == 50
    assert {actor.pk for actor in better} < kept
    assert len(kept & {actor.pk for actor in worse}) == 1


def test_running_again_changes_and_mails_nothing():
    need = wanted()
    offering()
    run.match_need(need)
    before = list(Match.objects.values("pk", "score", "band", "reasons", "solicited_at", "announced_at"))
    mails = set(OutgoingEmail.objects.values_list("pk", flat=True))
    assert len(mails) == 2  # the project's owner, the actor's owner
    run.match_need(need)
    run.match_actor(Match.objects.get().actor)
    assert list(Match.objects.values("pk", "score", "band", "reasons", "solicited_at", "announced_at")) == before
    assert set(OutgoingEmail.objects.values_list("pk", flat=True)) == mails


def test_both_directions_score_a_pair_alike():
    need, actor = wanted(), offering()
    (from_need,) = run.match_need(need)
    Match.objects.all().delete()
    (from_actor,) = run.match_actor(actor)
    assert (from_need.score, from_need.reasons) == (from_actor.score, from_actor.reasons)


@pytest.mark.parametrize("by", ["need", "actor"])
def test_a_match_that_no_longer_holds_is_kept_but_not_current(by):
    need, actor, other = wanted(), offering(), offering()
    run.match_need(need)
    offer = actor.offers.get()
    offer.title, offer.modes = ELSEWHERE, ["paid"]
    offer.save()
    actor.refresh_from_db()
    run.match_need(need) if by == "need" else run.match_actor(actor)
    assert set(Match.objects.values_list("actor", "is_current")) == {(actor.pk, False), (other.pk, True)}


def test_a_match_that_holds_again_is_current_again():
    need, actor = wanted(), offering()
    match = network.match(need, actor, is_current=False)
    run.match_need(need)
    match.refresh_from_db()
    assert match.is_current


def test_a_published_need_is_due_and_then_matched():
    need, actor = wanted(state=NeedState.DRAFT), offering()
    project_services.publish(project=need.project, needs=[need], acting_user=None)
    due = MatchingDue.objects.get()
    assert (due.subject, due.subject_id) == (Subject.NEED, need.pk)
    assert run.run_due(due)
    assert Match.objects.get().actor == actor
    assert not MatchingDue.objects.exists()


def test_a_changed_offer_is_matched_to_the_open_needs():
    need, actor = wanted(), offering(ELSEWHERE)
    run.match_need(need)
    assert not Match.objects.exists()
    offer = actor.offers.get()
    offer.title = ANSWER
    actor_services.save_offer(offer=offer, skills=None, acting_user=None)
    assert run.run_due(MatchingDue.objects.get())
    assert Match.objects.get().actor == actor


def test_a_newly_approved_actor_is_matched_to_the_open_needs(animator):
    need, waiting = wanted(), offering(state=ActorState.WAITING)
    closed = wanted(state=NeedState.CLOSED)
    index_need(need)
    index_need(closed)
    actor_services.decide(actor=waiting, state=ActorState.APPROVED, reason="", acting_user=animator)
    assert run.run_due(MatchingDue.objects.get(subject=Subject.ACTOR))
    assert set(Match.objects.values_list("need", "actor")) == {(need.pk, waiting.pk)}


def test_an_actor_that_leaves_has_no_current_match(animator):
    need, actor, other = wanted(), offering(), offering()
    run.match_need(need)
    actor_services.decide(actor=actor, state=ActorState.SUSPENDED, reason="Doute", acting_user=animator)
    assert set(Match.objects.filter(is_current=True).values_list("actor", flat=True)) == {other.pk}


def test_what_was_asked_anew_meanwhile_stays_due():
    need = wanted()
    running = MatchingDue.ask(Subject.NEED, need)
    MatchingDue.ask(Subject.NEED, need)  # the need changed while the first job ran
    assert run.run_due(running) is False
    assert MatchingDue.objects.get().subject_id == need.pk


def test_a_need_closed_before_its_turn_is_matched_to_nobody():
    need, _actor = wanted(), offering()
    due = MatchingDue.ask(Subject.NEED, need)
    Match.objects.all().delete()
    need.state = NeedState.CLOSED
    need.save()
    run.run_due(due)
    assert not Match.objects.exists()
    assert not OutgoingEmail.objects.exists()
    assert not MatchingDue.objects.exists()


def test_ending_a_need_takes_it_off_what_is_due():
    need, other = wanted(), wanted()
    MatchingDue.ask(Subject.NEED, need)
    MatchingDue.ask(Subject.NEED, other)
    project_services.end_need(need=need, state=NeedState.FILLED, acting_user=None)
    assert [due.subject_id for due in MatchingDue.objects.all()] == [other.pk]


def make_old(*rows):
    MatchingDue.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=timezone.now() - timedelta(minutes=5))


def test_the_sweep_does_what_a_lost_message_left():
    need, actor = wanted(), offering()
    make_old(MatchingDue.ask(Subject.NEED, need))
    sweeps.match_what_was_missed()
    assert Match.objects.get().actor == actor
    assert not MatchingDue.objects.exists()


def test_the_sweep_leaves_a_fresh_row_to_its_message():
    MatchingDue.ask(Subject.NEED, wanted())
    sweeps.match_what_was_missed()
    assert MatchingDue.objects.get().attempts == 0


def test_one_bad_row_keeps_its_error_and_does_not_stop_the_others(monkeypatch):
    bad, good, _actor = wanted(), wanted(), offering()
    make_old(MatchingDue.ask(Subject.NEED, bad), MatchingDue.ask(Subject.NEED, good))
    match_need = run.match_need

    def fails_for_one(need):  # stands for a fault of one row's data, which cannot be planted from outside
        if need.pk == bad.pk:
            raise ValueError("illisible")
        return match_need(need)

    monkeypatch.setattr(run, "match_need", fails_for_one)
    sweeps.match_what_was_missed()
    assert [match.need for match in Match.objects.all()] == [good]
    left = MatchingDue.objects.get()
    assert (left.subject_id, left.attempts, left.error) == (bad.pk, 1, "ValueError: illisible")


def test_a_row_that_always_fails_is_given_up_and_stays_visible():
    row = MatchingDue.ask(Subject.NEED, wanted())
    make_old(row)
    MatchingDue.objects.update(attempts=sweeps.MOST_ATTEMPTS)
    sweeps.match_what_was_missed()
    assert MatchingDue.objects.get().attempts == sweeps.MOST_ATTEMPTS


def test_the_index_of_vectors_leaves_no_candidate_out():
    """By itself the index stops after forty rows, whatever the gates leave of them."""
    need = wanted()
    far = {offering(f"Objet {number}").pk for number in range(60)}
    index_need(need)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert far <= actors_for(need, point_of(need), Words({}, Rarity()))


def test_from_the_actors_side_too_nobody_far_behind_the_best_is_proposed():
    need, actor = wanted(), offering()
    index_need(need)
    own = run.match_actor(actor)[0].score
    for ahead in (10.0, 10.0, 10.0):
        network.match(need, network.actor(), score=own + ahead)
    assert run.match_actor(actor) == []


def test_an_actor_is_not_behind_what_it_was_itself():
    need, actor = wanted(), offering()
    index_need(need)
    Match.objects.filter(pk=run.match_actor(actor)[0].pk).update(score=99.0)
    for _other in range(3):
        network.match(need, network.actor(), score=-1.9)
    assert [match.need for match in run.match_actor(actor)] == [need]
