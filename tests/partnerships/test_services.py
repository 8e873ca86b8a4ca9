"""Asking, accepting, declining: each step once, told to the other side."""

import threading

import pytest
from django.db import connection

from actors.enums import ActorState, Role
from coexist.common.mail.delivery import deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects import services as project_services
from projects.enums import NeedState
from projects.matching.candidates import eligible_offers
from projects.matching.models import Refusal
from projects.partnerships import services
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.partnerships.services import IntroductionError
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    """A need and an actor, each with its owner."""
    lead, asking = network.owned_actor(name="Eau et Vie")
    actor, answering = network.owned_actor(name="Puisatiers")
    return network.need(network.project(lead)), actor, asking, answering


def ask(need, actor, side=Side.ACTOR, message="Nous pouvons venir en mai."):
    return services.ask(need=need, actor=actor, side=side, message=message, acting_user=None)[0]


def mailed(kind: str) -> set[str]:
    return set(OutgoingEmail.objects.filter(kind_code=kind).values_list("address", flat=True))


def test_an_interested_actor_writes_to_the_projects_people(sides):
    need, actor, project_owner, _owner = sides
    editor, reader = people.verified(), people.verified()
    network.join(editor, need.project.lead, Role.EDITOR)
    network.join(reader, need.project.lead, Role.READER)
    match = network.match(need, actor)
    introduction = ask(need, actor)
    assert introduction.state == IntroductionState.PROPOSED
    assert (introduction.asking, introduction.asked) == (actor, need.project.lead)
    assert mailed("introduction_asked") == {project_owner.email, editor.email}
    assert "Nous pouvons venir en mai." in OutgoingEmail.objects.first().body_text
    match.refresh_from_db()
    assert match.interested_at is not None


def test_a_project_writes_to_the_actors_people_who_are_not_interested_yet(sides):
    need, actor, _project_owner, owner = sides
    match = network.match(need, actor)
    introduction = ask(need, actor, Side.PROJECT)
    assert (introduction.asking, introduction.asked) == (need.project.lead, actor)
    assert mailed("introduction_asked") == {owner.email}
    match.refresh_from_db()
    assert match.interested_at is None
    services.accept(introduction=introduction, reply="Avec plaisir", acting_user=owner)
    match.refresh_from_db()
    assert match.interested_at is not None


@pytest.mark.parametrize("second", Side)
def test_asking_twice_or_from_both_sides_finds_the_first(sides, second):
    need, actor, _project_owner, _owner = sides
    first, is_new = services.ask(need=need, actor=actor, side=Side.ACTOR, message="Un", acting_user=None)
    again, is_new_again = services.ask(need=need, actor=actor, side=second, message="Deux", acting_user=None)
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert Introduction.objects.get().message == "Un"
    assert OutgoingEmail.objects.count() == 1


def closed_need(need, actor):
    need.state = NeedState.CLOSED
    need.save()


def refused(need, actor):
    Refusal.objects.create(need=need, actor=actor, by_actor=False, reason="place")


def suspended_actor(need, actor):
    actor.state = ActorState.SUSPENDED
    actor.save()


def suspended_lead(need, actor):
    need.project.lead.state = ActorState.SUSPENDED
    need.project.lead.save()


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("change", [closed_need, refused, suspended_actor, suspended_lead])
def test_what_changed_meanwhile_is_said_and_nothing_is_written(sides, change, side):
    need, actor, _project_owner, _owner = sides
    change(need, actor)
    with pytest.raises(IntroductionError) as stopped:
        ask(need, actor, side)
    assert str(stopped.value).endswith(".")
    assert not Introduction.objects.exists()
    assert not OutgoingEmail.objects.exists()


def test_accepting_tells_the_asking_side(sides):
    need, actor, project_owner, owner = sides
    introduction = ask(need, actor)
    done = services.accept(introduction=introduction, reply="Appelez-nous.", acting_user=project_owner)
    assert (done.state, done.reply, done.answered_by) == (IntroductionState.ACCEPTED, "Appelez-nous.", project_owner)
    assert mailed("introduction_answered") == {owner.email}
    mail = OutgoingEmail.objects.get(kind_code="introduction_answered")
    assert "Eau et Vie accepte" in mail.body_text
    assert "Appelez-nous." in mail.body_text
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("side", Side)
def test_declining_tells_the_asking_side_why_and_gates_the_pair(sides, side):
    need, actor, project_owner, owner = sides
    offer, other = network.offer(actor), network.need(need.project)
    network.read(offer, other)
    assert offer in eligible_offers(need)
    introduction = ask(need, actor, side)
    answering, asking = (project_owner, owner) if side == Side.ACTOR else (owner, project_owner)
    services.decline(introduction=introduction, reason="no_time", reply="Après l'été.", acting_user=answering)
    refusal = Refusal.objects.get()
    assert (refusal.by_actor, refusal.reason, refusal.user) == (side == Side.PROJECT, "no_time", answering)
    assert mailed("introduction_answered") == {asking.email}
    assert "Pas le temps en ce moment" in OutgoingEmail.objects.get(kind_code="introduction_answered").body_text
    assert offer not in eligible_offers(need)
    assert offer in eligible_offers(other)
    with pytest.raises(IntroductionError):
        ask(need, actor, side)


def test_an_answer_is_given_once(sides):
    need, actor, project_owner, _owner = sides
    introduction = ask(need, actor)
    services.accept(introduction=introduction, reply="Oui", acting_user=project_owner)
    for answer in (
        lambda: services.accept(introduction=introduction, reply="Encore", acting_user=project_owner),
        lambda: services.decline(introduction=introduction, reason="place", reply="Non", acting_user=project_owner),
    ):
        with pytest.raises(IntroductionError):
            answer()
    assert Introduction.objects.get().reply == "Oui"
    assert not Refusal.objects.exists()
    assert OutgoingEmail.objects.filter(kind_code="introduction_answered").count() == 1


def test_not_for_us_closes_the_pair_without_a_mail(sides):
    need, actor, _project_owner, owner = sides
    refusal = services.refuse_need(need=need, actor=actor, reason="place", text="Trop loin", acting_user=owner)
    assert (refusal.by_actor, refusal.reason, refusal.text, refusal.user) == (True, "place", "Trop loin", owner)
    assert services.refuse_need(need=need, actor=actor, reason="mode", text="", acting_user=owner) is None
    assert Refusal.objects.get().reason == "place"
    assert not OutgoingEmail.objects.exists()


def test_not_for_us_declines_the_question_that_waited(sides):
    need, actor, project_owner, owner = sides
    introduction = ask(need, actor, Side.PROJECT)
    services.refuse_need(need=need, actor=actor, reason="no_time", text="", acting_user=owner)
    introduction.refresh_from_db()
    assert (introduction.state, introduction.reason) == (IntroductionState.DECLINED, "no_time")
    assert mailed("introduction_answered") == {project_owner.email}
    assert Refusal.objects.count() == 1


def test_a_question_answered_before_its_mail_left_is_not_mailed(sides):
    need, actor, project_owner, _owner = sides
    introduction = ask(need, actor)
    question = OutgoingEmail.objects.get()
    services.accept(introduction=introduction, reply="", acting_user=project_owner)
    assert deliver(question.pk) == MailState.CANCELLED


def test_a_question_may_still_be_answered_after_the_need_has_ended(sides):
    need, actor, project_owner, _owner = sides
    introduction = ask(need, actor)
    project_services.end_need(need=need, state=NeedState.FILLED, acting_user=project_owner)
    services.accept(introduction=introduction, reply="", acting_user=project_owner)
    assert Introduction.objects.get().is_accepted


def at_once(*calls) -> list:
    """Run each call in a thread and a connection of its own; what each returned or raised."""
    start, outcomes = threading.Barrier(len(calls)), []

    def run(call):
        try:
            start.wait(20)
            outcomes.append(call())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins(sides):
    need, actor, project_owner, _owner = sides
    introduction = ask(need, actor)
    outcomes = at_once(
        lambda: services.accept(introduction=introduction, reply="Oui", acting_user=project_owner),
        lambda: services.decline(introduction=introduction, reason="place", reply="", acting_user=project_owner),
    )
    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, Exception)) == [IntroductionError]
    introduction.refresh_from_db()
    assert introduction.state in (IntroductionState.ACCEPTED, IntroductionState.DECLINED)
    assert Refusal.objects.exists() is (introduction.state == IntroductionState.DECLINED)
    assert OutgoingEmail.objects.filter(kind_code="introduction_answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_questions_at_once_are_one_introduction(sides):
    need, actor, _project_owner, _owner = sides
    outcomes = at_once(
        lambda: services.ask(need=need, actor=actor, side=Side.ACTOR, message="Un", acting_user=None),
        lambda: services.ask(need=need, actor=actor, side=Side.PROJECT, message="Deux", acting_user=None),
    )
    assert sorted(is_new for _introduction, is_new in outcomes) == [False, True]
    assert Introduction.objects.count() == 1
    assert OutgoingEmail.objects.filter(kind_code="introduction_asked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_refusals_at_once_are_one(sides):
    need, actor, _project_owner, owner = sides
    refuse = {"need": need, "actor": actor, "reason": "place", "text": "", "acting_user": owner}
    outcomes = at_once(lambda: services.refuse_need(**refuse), lambda: services.refuse_need(**refuse))
    assert sum(outcome is None for outcome in outcomes) == 1
    assert Refusal.objects.count() == 1
