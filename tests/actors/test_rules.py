"""Who may do what with actors, and who sees which."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from actors import rules
from actors.enums import ActorState, Role
from actors.models import Actor
from coexist.common.groups import ADMINISTRATION
from tests.factories import network, people

pytestmark = pytest.mark.django_db

SILENT = (ActorState.SUSPENDED, ActorState.ARCHIVED)


def member_as(role: Role, **fields):
    person = people.verified()
    actor = network.actor(**fields)
    network.join(person, actor, role)
    return person, actor


@pytest.mark.parametrize(("role", "may"), [(Role.OWNER, True), (Role.EDITOR, True), (Role.READER, False)])
def test_owners_and_editors_write_and_readers_read(role, may):
    person, actor = member_as(role)
    assert rules.can_write_for(person, actor) is may


@pytest.mark.parametrize("state", ActorState)
def test_a_suspended_or_archived_actor_says_nothing(state):
    person, actor = member_as(Role.OWNER, state=state)
    assert rules.can_write_for(person, actor) is (state not in SILENT)


def test_strangers_and_visitors_write_for_nobody():
    _person, actor = member_as(Role.OWNER)
    assert not rules.can_write_for(people.verified(), actor)
    assert not rules.can_write_for(AnonymousUser(), actor)
    assert rules.role_of(AnonymousUser(), actor) is None


@pytest.mark.parametrize("state", ActorState)
def test_a_profile_is_submitted_from_the_states_that_wait_for_its_people(state):
    person, actor = member_as(Role.OWNER, state=state)
    may = state in (ActorState.DRAFT, ActorState.CHANGES_ASKED, ActorState.REFUSED)
    assert rules.can_submit(person, actor) is may


def test_nobody_submits_before_their_address_is_verified():
    person = people.unverified()
    actor = network.actor(owner=person, state=ActorState.DRAFT)
    assert rules.can_write_for(person, actor)
    assert not rules.can_submit(person, actor)


def test_only_staff_with_the_right_decides():
    administrator = people.verified(is_staff=True)
    administrator.groups.add(Group.objects.get(name=ADMINISTRATION))
    without_staff = people.animator(is_active=True)
    without_staff.is_staff = False
    assert rules.can_decide(people.animator())
    assert rules.can_decide(administrator)
    assert rules.can_decide(people.superuser())
    assert not rules.can_decide(without_staff)
    assert not rules.can_decide(people.animator(is_active=False))
    assert not rules.can_decide(people.verified(is_staff=True))
    assert not rules.can_decide(people.verified())
    assert not rules.can_decide(AnonymousUser())


def test_each_sees_the_approved_ones_and_their_own():
    person = people.verified()
    by_state = {state: network.actor(state=state) for state in ActorState}
    own = {state: network.actor(state=state) for state in ActorState}
    for actor in own.values():
        network.join(person, actor, Role.READER)
    public = {by_state[ActorState.APPROVED].pk, own[ActorState.APPROVED].pk}
    every = {actor.pk for actor in [*by_state.values(), *own.values()]}

    def seen(user) -> set[int]:
        return set(Actor.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(AnonymousUser()) == seen(people.verified()) == public
    assert seen(person) == public | {actor.pk for actor in own.values()}
    assert seen(people.animator()) == every
    assert seen(people.verified(is_staff=True)) == public  # staff alone is no right
