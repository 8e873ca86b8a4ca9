"""Keeping, publishing and ending projects and needs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.enums import ActorState
from projects import services
from projects.enums import NeedState, ProjectState
from projects.matching.models import MatchingDue
from projects.models import Need, Project
from projects.tasks import close_past_needs
from tests.factories import network, people

pytestmark = pytest.mark.django_db


def draft(**actor_fields) -> tuple[Project, Need]:
    project = network.project(network.actor(**actor_fields), state=ProjectState.DRAFT)
    return project, network.need(project, state=NeedState.DRAFT)


def due() -> set[int]:
    """Needs that wait to be matched."""
    return set(MatchingDue.objects.filter(subject="need").values_list("subject_id", flat=True))


def states(*rows) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_a_new_project_is_a_draft_with_an_address_of_its_own():
    person, lead = people.verified(), network.actor()
    first, second, reserved = (
        services.save_project(project=Project(lead=lead, title=title, state="published"), acting_user=person)
        for title in ("Eau à Thiès", "Eau à Thiès", "Nouveau")
    )
    assert first.slug == "eau-a-thies"
    assert second.slug == "eau-a-thies-2"
    assert reserved.slug != "nouveau"  # the page that makes one
    assert {first.state, second.state} == {ProjectState.DRAFT}
    assert first.created_by == person
    assert due() == set()


def test_a_saved_draft_of_a_need_is_kept_and_not_matched():
    project, _need = draft()
    need = Need(project=project, title="Relire nos statuts", kind="skill")
    services.save_need(need=need, skills=None, acting_user=people.verified())
    assert states(need) == [NeedState.DRAFT]
    assert need.skills.exists()
    assert due() == set()


def test_an_approved_actor_publishes_at_once():
    project, need = draft()
    assert services.publish(project=project, needs=[need], acting_user=None) is True
    assert states(project, need) == [ProjectState.PUBLISHED, NeedState.PUBLISHED]
    assert need.published_at is not None
    assert project.published_at is not None
    assert due() == {need.pk}


@pytest.mark.parametrize("state", [state for state in ActorState if state != ActorState.APPROVED])
def test_the_others_wait_for_their_approval(state):
    project, need = draft(state=state)
    assert services.publish(project=project, needs=[need], acting_user=None) is False
    assert states(project, need) == [ProjectState.WAITING, NeedState.WAITING]
    assert (need.published_at, project.published_at) == (None, None)
    assert due() == set()


def test_the_lead_is_asked_anew_when_it_was_suspended_meanwhile():
    project, need = draft()
    stale = Project.objects.select_related("lead").get(pk=project.pk)
    project.lead.state = ActorState.SUSPENDED
    project.lead.save()
    assert services.publish(project=stale, needs=[need], acting_user=None) is False
    assert states(project, need) == [ProjectState.WAITING, NeedState.WAITING]


def test_publishing_twice_changes_nothing():
    project, need = draft()
    services.publish(project=project, needs=[need], acting_user=None)
    first = need.published_at, project.published_at
    MatchingDue.objects.all().delete()
    services.publish(project=project, needs=[need], acting_user=None)
    states(project, need)
    assert (need.published_at, project.published_at) == first
    assert due() == set()


@pytest.mark.parametrize("state", [NeedState.FILLED, NeedState.CLOSED])
def test_an_ended_need_is_not_published_again(state):
    project, need = draft()
    Need.objects.filter(pk=need.pk).update(state=state)
    need.refresh_from_db()
    services.publish(project=project, needs=[need], acting_user=None)
    assert states(project, need) == [ProjectState.PUBLISHED, state]


def test_approval_publishes_what_waited_and_leaves_drafts():
    lead = network.actor()
    waiting = network.project(lead, state=ProjectState.WAITING)
    sent, kept = network.need(waiting, state=NeedState.WAITING), network.need(waiting, state=NeedState.DRAFT)
    drafted = network.project(lead, state=ProjectState.DRAFT)
    other = network.project(network.actor(), state=ProjectState.WAITING)
    services.publish_what_waited(lead)
    assert states(waiting, sent) == [ProjectState.PUBLISHED, NeedState.PUBLISHED]
    assert states(kept, drafted, other) == [NeedState.DRAFT, ProjectState.DRAFT, ProjectState.WAITING]


@pytest.mark.parametrize("state", [NeedState.FILLED, NeedState.CLOSED])
def test_ending_a_need_stops_everything_and_happens_once(state):
    need = network.need(network.project(network.actor()))
    other = network.need(need.project)
    services.save_need(need=need, skills=None, acting_user=None)
    services.save_need(need=other, skills=None, acting_user=None)
    assert due() == {need.pk, other.pk}
    assert services.end_need(need=need, state=state, acting_user=None) is True
    assert due() == {other.pk}
    assert states(need) == [state]
    assert set(Need.objects.open()) == {other}
    assert services.end_need(need=need, state=NeedState.FILLED, acting_user=None) is False
    assert states(need) == [state]


def test_a_draft_cannot_be_ended():
    _project, need = draft()
    assert services.end_need(need=need, state=NeedState.CLOSED, acting_user=None) is False
    assert states(need) == [NeedState.DRAFT]


def test_a_changed_published_need_is_matched_anew():
    need = network.need(network.project(network.actor()))
    services.save_need(need=need, skills=[], acting_user=None)
    assert due() == {need.pk}
    assert not need.skills.exists()


def test_a_changed_project_has_its_open_needs_matched_anew():
    need = network.need(network.project(network.actor()))
    network.need(need.project, state=NeedState.DRAFT)
    network.need(need.project, state=NeedState.CLOSED)
    services.save_project(project=need.project, acting_user=people.verified())
    assert due() == {need.pk}


def test_a_need_past_its_last_day_is_closed_by_the_clock():
    project, today = network.project(network.actor()), timezone.localdate()
    past = network.need(project, ends_on=today - timedelta(days=1))
    last_day, endless = network.need(project, ends_on=today), network.need(project)
    drafted = network.need(project, ends_on=today - timedelta(days=1), state=NeedState.DRAFT)
    assert set(Need.objects.open()) == {last_day, endless}  # also before the clock comes by
    close_past_needs()
    assert states(past, last_day, endless, drafted) == ["closed", "published", "published", "draft"]
