"""A refusal lowers what resembles it, a little, for some time, and tells the right people why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.models import Skill
from projects.matching import feedback, learning, run
from projects.matching.enums import RefusalReason, Subject
from projects.matching.learning import KEPT_DAYS, NO_TIME_DAYS, PastRefusal, lessons
from projects.matching.models import Match, MatchingDue, Refusal
from projects.matching.scoring import SKILL, score
from tests.factories import facts, network

PROJECT = 7
NEED = facts.need(
    pk=1, kind="skill", modes=frozenset({"pro_bono"}), skills=frozenset({11}), territories=frozenset({"74"})
)
PAST = PastRefusal(
    need=2, title="Creuser un puits", project=PROJECT, kind="skill", modes=frozenset({"pro_bono", "loan"}),
    skills=frozenset({11, 12}), territories=frozenset({"FR-ARA"}), by_actor=True, reason="not_our_skill", days=0,
)  # fmt: skip


def taken(need=NEED, project=PROJECT, **fields) -> float:
    """Log-odds that one refusal takes from the need."""
    return -sum(reason.value for reason in lessons(need, project, [replace(PAST, **fields)]))


ALIKE = [("not_our_skill", learning.SKILL), ("place", learning.PLACE), ("mode", learning.MODE),
         ("no_time", learning.TIME), ("already_busy", learning.TIME)]  # fmt: skip


@pytest.mark.parametrize(("reason", "weight"), ALIKE)
def test_a_need_alike_in_what_the_reason_says_is_lowered(reason, weight):
    assert taken(reason=reason) == weight > 0
    assert weight <= SKILL / 2


UNLIKE = [
    ("not_our_skill", {"skills": frozenset({21})}),
    ("not_our_skill", {"skills": frozenset()}),
    ("place", {"territories": frozenset({"SN"})}),
    ("place", {"territories": frozenset({"74", "SN"})}),
    ("place", {"territories": frozenset({"FR"})}),
    ("place", {"territories": frozenset()}),
    ("mode", {"modes": frozenset({"paid"})}),
    ("mode", {"modes": frozenset({"pro_bono", "paid"})}),
    ("mode", {"modes": frozenset()}),
    ("no_time", {"kind": "premises"}),
    ("already_busy", {"kind": "premises"}),
    ("other", {}),
]


@pytest.mark.parametrize(("reason", "fields"), UNLIKE)
def test_a_need_that_differs_in_it_is_not(reason, fields):
    assert taken(replace(NEED, **fields), reason=reason) == 0


def test_every_reason_is_decided_upon():
    taught = {reason for reason in RefusalReason.values if learning.teaches(reason)}
    assert set(RefusalReason.values) - taught == {"other"}


@pytest.mark.parametrize(
    ("reason", "days"), [("not_our_skill", KEPT_DAYS), ("place", KEPT_DAYS), ("no_time", NO_TIME_DAYS)]
)
def test_it_fades_to_nothing(reason, days):
    fresh, half, over = (taken(reason=reason, days=share * days) for share in (0, 0.5, 1))
    assert fresh > half > over == 0
    assert half == pytest.approx(fresh / 2)
    assert taken(reason=reason, days=10 * days) == 0


def test_a_clock_that_went_back_teaches_no_more_than_a_fresh_refusal():
    assert taken(days=-5) == taken(days=0)


def test_many_refusals_take_no_more_than_the_strongest():
    many = [replace(PAST, need=pk, days=pk) for pk in range(2, 40)]
    assert lessons(NEED, PROJECT, many) == lessons(NEED, PROJECT, [replace(PAST, days=2)])


def test_the_need_itself_teaches_nothing_of_itself():
    assert taken(need=replace(NEED, pk=PAST.need)) == 0


def test_what_the_project_said_counts_less_and_for_this_project_only():
    assert 0 < taken(by_actor=False) < taken(by_actor=True)
    assert taken(by_actor=False, project=PROJECT + 1) == 0
    assert lessons(NEED, PROJECT + 1, [replace(PAST, by_actor=False)]) == []


def test_both_sides_may_speak():
    both = lessons(NEED, PROJECT, [PAST, replace(PAST, by_actor=False)])
    assert [reason.code for reason in both] == ["declined_near", "not_chosen_near"]


def test_the_score_is_lowered_by_what_was_learnt_and_by_nothing_else():
    without = score(NEED, facts.actor(), facts.known())
    lowered = score(NEED, facts.actor(), facts.known(), lessons(NEED, PROJECT, [PAST]))
    assert lowered.total == pytest.approx(without.total - learning.SKILL)
    assert [reason for reason in lowered.reasons if reason not in without.reasons] == lessons(NEED, PROJECT, [PAST])
    assert lowered.doubts == without.doubts


# With the database ----------------------------------------------------------------------------


@pytest.fixture
def network_of_two(db):
    """Two actors alike, one that declined a need; a second need that resembles it."""
    skill = Skill.objects.exclude(parent=None).first()
    first, second = (network.owned_actor(name="Les mêmes mots")[0] for _number in range(2))
    offers = [network.offer(actor, skills=[skill]) for actor in (first, second)]
    lead, _owner = network.owned_actor()
    declined = network.need(network.project(lead), "Refaire le bulletin secret")
    need = network.need(network.project(network.owned_actor()[0]), "Relecture de statuts associatifs")
    for each in (declined, need):
        each.skills.set([skill])
    network.read(first, second, *offers, declined, need)
    return first, second, declined, need


def refuse(need, actor, reason="not_our_skill", **fields):
    told = {"by_actor": True, "text": "", "acting_user": None, **fields}
    return feedback.record_refusal(need=need, actor=actor, reason=reason, **told)


@pytest.mark.django_db
def test_the_engine_ranks_who_declined_something_alike_after_its_twin(network_of_two):
    first, second, declined, need = network_of_two
    assert [found.actor for found in run.rank_actors(need)] == [first.pk, second.pk]
    refuse(declined, first)
    ranked = run.rank_actors(need)
    assert [found.actor for found in ranked] == [second.pk, first.pk]
    assert ranked[0].total - ranked[1].total == pytest.approx(learning.SKILL, abs=0.01)


@pytest.mark.django_db
def test_an_actor_matched_by_itself_is_lowered_as_much(network_of_two):
    first, _second, declined, need = network_of_two
    refuse(declined, first)
    run.match_need(need)
    by_need = Match.objects.get(need=need, actor=first).score
    run.match_actor(first)
    assert Match.objects.get(need=need, actor=first).score == pytest.approx(by_need, abs=0.001)


@pytest.mark.django_db
def test_a_refusal_asks_for_the_actor_to_be_matched_anew_unless_it_teaches_nothing(network_of_two):
    first, second, declined, _need = network_of_two
    MatchingDue.objects.all().delete()
    refuse(declined, second, reason="other")
    assert not MatchingDue.objects.exists()
    refuse(declined, first)
    assert refuse(declined, first) is None
    assert [(due.subject, due.subject_id) for due in MatchingDue.objects.all()] == [(Subject.ACTOR, first.pk)]


@pytest.mark.django_db
def test_refusals_are_read_in_one_query_and_those_of_another_year_not_at_all(network_of_two):
    first, second, declined, need = network_of_two
    refuse(declined, first)
    old = refuse(declined, second)
    Refusal.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=KEPT_DAYS + 1))
    with CaptureQueriesContext(connection) as caught:
        found = feedback.past_refusals([first.pk, second.pk, need.project.lead_id])
    assert len(caught) == 1
    assert set(found) == {first.pk}
    (past,) = found[first.pk]
    assert (past.need, past.title, past.project) == (declined.pk, declined.title, declined.project_id)
    assert past.skills == frozenset(skill.pk for skill in declined.skills.all())
    assert 0 <= past.days < 1


@pytest.mark.django_db
def test_a_need_without_skills_is_read_too(network_of_two):
    first, _second, declined, _need = network_of_two
    declined.skills.clear()
    refuse(declined, first)
    assert feedback.past_refusals([first.pk])[first.pk][0].skills == frozenset()


@pytest.mark.django_db
def test_pages_tell_each_reader_what_they_may_know(client, animator, network_of_two):
    first, _second, declined, need = network_of_two
    refuse(declined, first)
    run.match_need(need)
    match = Match.objects.get(need=need, actor=first)
    owner, lead = first.members.get(), need.project.lead.members.get()

    def read(person, name, *args):
        client.force_login(person)
        return client.get(reverse(name, args=args)).content.decode()

    for page in (read(owner, "match-detail", match.pk), read(owner, "actor-needs", first.slug)):
        assert "Vous avez décliné un besoin proche" in page
    for page in (read(animator, "match-detail", match.pk), read(animator, "need-matches", need.pk),
                 read(animator, "admin:matching_match_change", match.pk)):  # fmt: skip
        assert "A décliné un besoin proche : Refaire le bulletin secret" in page
    for page in (
        read(lead, "match-detail", match.pk), read(lead, "need-matches", need.pk), read(lead, "need-detail", need.pk)
    ):  # fmt: skip
        assert "décliné" not in page
        assert "bulletin secret" not in page
