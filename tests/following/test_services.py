"""From an accepted introduction to the end of a partnership, as the services allow it."""

import threading

import pytest
from django.db import connection

from actors.enums import Role
from actors.merging import merge
from projects.following import services
from projects.following.models import Partnership, StageChange
from projects.following.stages import NEXT, PartnershipStage
from projects.partnerships.enums import IntroductionState, Side
from tests.factories import following, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def introduction():
    lead, asked = network.owned_actor()
    actor, asking = network.owned_actor()
    need = network.need(network.project(lead))
    return network.introduction(
        need, actor, side=Side.ACTOR, state=IntroductionState.ACCEPTED, asked_by=asking, answered_by=asked
    )


def change(partnership, to, *, seen=None, why="", by=None) -> Partnership:
    return services.change_stage(
        partnership=partnership, to=to, seen=seen or partnership.stage, why=why, acting_user=by or people.verified()
    )


# Opening ----------------------------------------------------------------------------------------


def test_an_accepted_introduction_becomes_one_partnership_however_often_it_is_asked(introduction):
    made, is_new = services.open_from(introduction=introduction, acting_user=introduction.asked_by)
    again, is_new_again = services.open_from(introduction=introduction, acting_user=introduction.answered_by)
    assert (is_new, is_new_again, again) == (True, False, made)
    sides = {party.actor: party.person for party in made.parties.all()}
    assert sides == {
        introduction.actor: introduction.asked_by,
        introduction.need.project.lead: introduction.answered_by,
    }
    assert [(row.before, row.after, row.by) for row in made.changes.all()] == [
        ("", PartnershipStage.CONTACT, introduction.asked_by)
    ]


@pytest.mark.parametrize("state", [IntroductionState.PROPOSED, IntroductionState.DECLINED, IntroductionState.WITHDRAWN])
def test_nothing_comes_of_an_introduction_that_was_not_accepted(introduction, state):
    introduction.state = state
    introduction.save()
    with pytest.raises(services.PartnershipError):
        services.open_from(introduction=introduction, acting_user=introduction.asked_by)
    assert not Partnership.objects.exists()


def test_who_left_the_actor_since_is_not_put_in_charge(introduction):
    introduction.actor.memberships.all().delete()
    made, _new = services.open_from(introduction=introduction, acting_user=introduction.answered_by)
    assert made.parties.get(actor=introduction.actor).person is None


def test_an_animator_opens_one_for_two_approved_actors(animator):
    one, two = network.actor(), network.actor()
    made = services.open_by_hand(title="À deux", actors=[one, two, one], acting_user=animator)
    assert set(made.actors.all()) == {one, two}
    assert made.animator == animator
    for actors in ([one], [one, one], [one, network.actor(state="suspended")]):
        with pytest.raises(services.PartnershipError):
            services.open_by_hand(title="Seul", actors=actors, acting_user=animator)


# Stages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", PartnershipStage.values)
def test_only_the_stages_of_the_table_follow_and_each_writes_history(before):
    person = people.verified()
    for after in PartnershipStage.values:
        partnership = following.partnership(network.actor(), network.actor(), stage=before)
        if after in NEXT[PartnershipStage(before)]:
            assert change(partnership, after, why="Parce que", by=person).stage == after
            last = partnership.changes.last()
            assert (last.before, last.after, last.why, last.by) == (before, after, "Parce que", person)
        else:
            with pytest.raises(services.PartnershipError):
                change(partnership, after, why="Parce que")
            partnership.refresh_from_db()
            assert (partnership.stage, partnership.changes.count()) == (before, 1)


def test_abandoning_takes_a_reason_that_goes_when_it_is_taken_up_again():
    partnership = following.partnership(network.actor(), network.actor())
    with pytest.raises(services.PartnershipError):
        change(partnership, "abandoned", why="  ")
    partnership = change(partnership, "abandoned", why="Plus de financement")
    assert partnership.why == "Plus de financement"
    assert change(partnership, "discussion").why == ""


def test_a_page_that_is_out_of_date_decides_nothing_and_says_who_did():
    partnership = following.partnership(network.actor(), network.actor())
    change(partnership, "discussion", by=people.verified(name="Awa Diop"))
    with pytest.raises(services.PartnershipError, match="Awa Diop a fait passer"):
        change(partnership, "abandoned", seen="contact", why="Non")
    assert Partnership.objects.get().stage == "discussion"


@pytest.mark.parametrize("nonsense", ["", "couronné", "CONTACT"])
def test_nonsense_is_refused(nonsense):
    with pytest.raises(services.PartnershipError):
        change(following.partnership(network.actor(), network.actor()), nonsense)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_decide_at_once_one_wins_and_the_other_is_told():
    partnership = following.partnership(network.actor(), network.actor())
    told, gate = [], threading.Barrier(2)

    def decide(to):
        gate.wait()
        try:
            change(partnership, to, seen="contact", why="Ensemble", by=None)
        except services.PartnershipError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    both = [threading.Thread(target=decide, args=[to]) for to in ("discussion", "abandoned")]
    [thread.start() for thread in both]
    [thread.join() for thread in both]
    assert len(told) == 1
    assert StageChange.objects.exclude(before="").count() == 1


# Plans, parties ---------------------------------------------------------------------------------


def planned(partnership, by, **fields):
    told = {"title": "Titre", "next_step": "Appeler", "next_due": None, "next_person": None, "people": {}}
    return services.plan(partnership=partnership, acting_user=by, seen=partnership.changed_at, **(told | fields))


def test_each_side_says_who_is_in_charge_of_itself_only(animator):
    (one, owner), (two, other) = network.owned_actor(), network.owned_actor()
    editor = people.verified()
    network.join(editor, one, Role.EDITOR)
    partnership = following.partnership(one, two)
    mine, theirs = partnership.parties.get(actor=one), partnership.parties.get(actor=two)
    kept = planned(partnership, owner, people={mine.pk: editor, theirs.pk: None}, animator=owner)
    assert (kept.parties.get(pk=mine.pk).person, kept.parties.get(pk=theirs.pk).person) == (editor, other)
    assert kept.animator is None
    kept = planned(kept, animator, people={mine.pk: other, theirs.pk: None}, animator=animator)
    assert kept.parties.get(pk=mine.pk).person == editor, "who is not of the side does not speak for it"
    assert (kept.parties.get(pk=theirs.pk).person, kept.animator) == (None, animator)


def test_a_plan_made_from_an_old_page_is_refused():
    one, owner = network.owned_actor()
    partnership = following.partnership(one, network.actor())
    planned(partnership, owner, next_step="Écrire")
    with pytest.raises(services.PartnershipError):
        planned(partnership, owner, next_step="Appeler")
    assert Partnership.objects.get().next_step == "Écrire"


def test_a_stranger_takes_on_no_step():
    one, owner = network.owned_actor()
    partnership = following.partnership(one, network.actor())
    kept = planned(partnership, owner, next_person=people.verified())
    assert kept.next_person is None
    assert planned(kept, owner, next_person=owner).next_person == owner


def test_an_actor_is_added_once(animator):
    partnership, third = following.partnership(network.actor(), network.actor()), network.actor()
    for _time in range(2):
        services.add_party(partnership=partnership, actor=third, acting_user=animator)
    assert partnership.parties.count() == 3


def test_when_two_actors_become_one_it_stands_there_once(animator):
    kept, absorbed, third = network.actor(), network.actor(), network.actor()
    both = following.partnership(kept, absorbed, third)
    one = following.partnership(absorbed, third)
    merge(kept=kept, absorbed=absorbed, acting_user=animator, choices={})
    assert set(both.actors.all()) == {kept, third}
    assert set(one.actors.all()) == {kept, third}
