"""Asking for help, until both sides say that it was given; as the services allow it."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from actors.enums import ActorState, Role
from actors.services import decide as decide_actor
from projects.support import experts, services
from projects.support.enums import OfferState, SupportKind
from projects.support.models import ExpertOffer, SupportChange, SupportRequest
from projects.support.rules import MOST_OPEN
from projects.support.states import MOVES, Side, SupportState
from tests.factories import following, network, people, support

pytestmark = pytest.mark.django_db
W, A, U, D, C, X = SupportState


@pytest.fixture
def asker():
    return network.owned_actor(name="Ville d'Annemasse")


@pytest.fixture
def helper():
    return support.expert(name="Kaléido")


def ask(asker, **fields) -> SupportRequest:
    told = {"kind": SupportKind.TECHNICAL, "title": "Relire notre budget", "expected": "Un avis."}
    return services.ask(actor=asker[0], acting_user=asker[1], **{**told, **fields})[0]


def move(row, to, by, **fields) -> SupportRequest:
    row.refresh_from_db()
    return services.move(support=row, to=to, acting_user=by, **{"seen": row.turn, "why": "Parce que", **fields})


def finish(row, by, **fields) -> SupportRequest:
    row.refresh_from_db()
    told = {"done": "Deux ateliers.", "reference": "Deux ateliers de budget", "shows": True, "seen": row.turn}
    return services.finish(support=row, acting_user=by, **{**told, **fields})


def confirm(row, by, **fields) -> SupportRequest:
    row.refresh_from_db()
    return services.confirm(support=row, acting_user=by, **{"seen": row.turn, "shows": True, **fields})


# Asking -----------------------------------------------------------------------------------------


def test_the_animators_are_asked_or_an_expert(asker, helper):
    alone, told = ask(asker), ask(asker, expert=helper[0])
    assert (alone.state, alone.expert) == (W, None)
    assert (told.state, told.expert) == (A, helper[0])
    first = told.changes.get()
    assert (first.before, first.after, first.side, first.by, first.expert) == ("", A, Side.ASKER, asker[1], helper[0])


def test_a_double_click_asks_once(asker):
    key = uuid4()
    assert ask(asker, form_key=key) == ask(asker, form_key=key)
    other = network.owned_actor()
    assert ask(other, form_key=key).actor == other[0]
    assert SupportRequest.objects.count() == 2


@pytest.mark.parametrize("of", ["another kind", "unconfirmed", "refused", "suspended", "itself", "nobody's"])
def test_only_an_expert_of_this_kind_is_asked(asker, of):
    actor = network.actor(state="suspended" if of == "suspended" else "approved")
    kind = SupportKind.EVENT if of == "another kind" else SupportKind.TECHNICAL
    state = {"unconfirmed": OfferState.WAITING, "refused": OfferState.REFUSED}.get(of, OfferState.CONFIRMED)
    if of == "itself":
        actor = asker[0]
    if of != "nobody's":
        support.offers(actor, kind, state=state)
    with pytest.raises(services.SupportError):
        ask(asker, expert=actor)
    assert not SupportRequest.objects.exists()


def test_only_so_many_are_open_at_once(asker):
    rows = [ask(asker) for _row in range(MOST_OPEN)]
    with pytest.raises(services.SupportError, match="déjà ouvertes"):
        ask(asker)
    move(rows[0], X, asker[1])
    assert ask(asker).state == W


def test_a_project_and_a_partnership_are_the_askers_own(asker):
    mine, theirs = network.project(asker[0]), network.project(network.actor())
    ours = following.partnership(asker[0], network.actor())
    foreign = following.partnership(network.actor(), network.actor())
    for refused in ({"project": theirs}, {"partnership": foreign}):
        with pytest.raises(services.SupportError):
            ask(asker, **refused)
    made = ask(asker, project=mine, partnership=ours)
    assert (made.project, made.partnership) == (mine, ours)


# States -----------------------------------------------------------------------------------------


def speakers(asker, helper, animator) -> dict:
    return {Side.ASKER: asker[1], Side.EXPERT: helper[1], Side.ANIMATOR: animator}


def carry_out(row, to, by, helper):
    if to == D:
        return finish(row, by)
    return confirm(row, by) if to == C else move(row, to, by, expert=helper[0] if to == A else None)


@pytest.mark.parametrize("before", SupportState.values)
@pytest.mark.parametrize("side", Side.values)
def test_only_what_the_table_holds_is_done_and_each_writes_history(asker, helper, animator, before, side):
    person = speakers(asker, helper, animator)[side]
    for after in SupportState.values:
        expert = None if before == W else helper[0]
        row = support.request(asker[0], state=before, expert=expert, done="Fait", reference="R")
        allowed = MOVES.get((before, after))
        if allowed and side in allowed.by and not (before == W and side == Side.EXPERT):
            assert carry_out(row, after, person, helper).state == after
            last = row.changes.last()
            assert (last.before, last.after, last.side, last.by) == (before, after, side, person)
        else:
            with pytest.raises(services.SupportError):
                carry_out(row, after, person, helper)
            row.refresh_from_db()
            assert (row.state, row.changes.count()) == (before, 1)


@pytest.mark.parametrize("pair", [pair for pair, allowed in MOVES.items() if allowed.needs_why])
def test_a_no_takes_a_reason(asker, helper, animator, pair):
    before, after = pair
    row = support.request(asker[0], state=before, expert=None if before == W else helper[0])
    person = speakers(asker, helper, animator)[MOVES[pair].by[0]]
    with pytest.raises(services.SupportError, match="pourquoi"):
        move(row, after, person, why="  ")


def test_a_stranger_a_reader_and_an_unconfirmed_address_decide_nothing(asker, helper):
    row = ask(asker, expert=helper[0])
    reader, unconfirmed = people.verified(), people.unverified()
    network.join(reader, helper[0], Role.READER)
    network.join(unconfirmed, helper[0])
    for person in (people.verified(), reader, unconfirmed):
        with pytest.raises(services.SupportError):
            move(row, U, person)


@pytest.mark.parametrize("nonsense", ["", "couronnée", "WAITING"])
def test_nonsense_is_refused(asker, animator, nonsense):
    with pytest.raises(services.SupportError):
        move(ask(asker), nonsense, animator)


def test_who_declines_leaves_it_to_the_animators_and_may_not_be_decided_for(asker, helper, animator):
    row = move(ask(asker, expert=helper[0]), W, helper[1], why="Trop loin")
    assert (row.state, row.expert) == (W, None)
    assert [change.why for change in row.changes.all()] == ["", "Trop loin"]
    taken = move(row, U, animator)
    assert (taken.animator, taken.expert) == (animator, None)


def test_the_end_is_told_confirmed_and_shown_by_both_sides_only(asker, helper):
    row = finish(move(ask(asker, expert=helper[0]), U, helper[1]), helper[1])
    assert (row.state, row.done_by, row.expert_shows, row.asker_shows) == (D, helper[1], True, False)
    assert not SupportRequest.objects.references().exists()
    row = confirm(row, asker[1], comment="Très utile")
    assert list(SupportRequest.objects.references()) == [row]
    for person in (asker[1], helper[1]):
        services.show_reference(support=row, shows=False, acting_user=person)
        assert not SupportRequest.objects.references().exists()
        services.show_reference(support=row, shows=True, acting_user=person)
    assert SupportRequest.objects.references().exists()
    with pytest.raises(services.SupportError):
        services.show_reference(support=row, shows=False, acting_user=people.verified())


def test_an_animator_agrees_for_nobody(asker, helper, animator):
    row = finish(move(ask(asker, expert=helper[0]), U, helper[1]), animator)
    assert row.expert_shows is False


def test_what_was_reopened_is_agreed_to_anew(asker, helper):
    row = finish(move(ask(asker, expert=helper[0]), U, helper[1]), helper[1])
    row = finish(move(row, U, asker[1], why="Il manque la suite"), helper[1], reference="Autre phrase")
    assert (row.asker_shows, row.reference) == (False, "Autre phrase")


def test_an_askers_name_goes_with_its_page(asker, helper):
    support.reference(helper[0], asker[0])
    type(asker[0]).objects.filter(pk=asker[0].pk).update(state=ActorState.SUSPENDED)
    assert not SupportRequest.objects.references().exists()


def test_a_page_that_is_out_of_date_decides_nothing_even_when_the_state_came_back(asker, helper, animator):
    row = ask(asker, expert=helper[0])
    seen = row.turn
    move(row, W, animator)
    move(row, A, animator, expert=helper[0])
    with pytest.raises(services.SupportError, match="Entre-temps, Camille Test"):
        move(row, W, helper[1], seen=seen)
    assert SupportRequest.objects.get().state == A


def test_an_expert_that_leaves_coexist_leaves_its_requests_to_the_animators(asker, helper, animator):
    asked, helped = ask(asker, expert=helper[0]), support.request(asker[0], expert=helper[0], state=U)
    done = support.request(asker[0], expert=helper[0], state=D)
    decide_actor(actor=helper[0], state=ActorState.SUSPENDED, reason="Plainte", acting_user=animator)
    states = {row.pk: (row.state, row.expert) for row in SupportRequest.objects.all()}
    assert states == {asked.pk: (W, None), helped.pk: (W, None), done.pk: (D, helper[0])}
    assert "n'est plus présent" in asked.changes.last().why


# At once ----------------------------------------------------------------------------------------


def at_once(*decisions) -> list[str]:
    """What those who were late are told."""
    told, gate = [], threading.Barrier(len(decisions))

    def decide(decision):
        gate.wait()
        try:
            decision()
        except services.SupportError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[decision]) for decision in decisions]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return told


@pytest.mark.django_db(transaction=True)
def test_of_an_expert_that_accepts_and_an_asker_that_withdraws_at_once_one_wins():
    asker, helper = network.owned_actor(), support.expert()
    row = ask(asker, expert=helper[0])
    told = at_once(lambda: move(row, U, helper[1], seen=0), lambda: move(row, X, asker[1], seen=0))
    assert len(told) == 1
    assert "Entre-temps" in told[0]
    assert SupportChange.objects.exclude(before="").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_animators_take_a_request_once():
    one, two = people.animator(), people.animator()
    row = ask(network.owned_actor())
    told = at_once(lambda: move(row, U, one, seen=0), lambda: move(row, U, two, seen=0))
    assert len(told) == 1
    assert SupportRequest.objects.get().animator in (one, two)


@pytest.mark.django_db(transaction=True)
def test_the_last_open_place_is_taken_once():
    asker = network.owned_actor()
    for _row in range(MOST_OPEN - 1):
        ask(asker)
    told = at_once(*(lambda: ask(asker) for _click in range(3)))
    assert (len(told), SupportRequest.objects.count()) == (2, MOST_OPEN)


# What experts offer -----------------------------------------------------------------------------


def test_a_sentence_that_changes_is_confirmed_anew(asker, animator):
    actor = asker[0]
    say = dict.fromkeys(SupportKind.values, "") | {SupportKind.EVENT: "Un festival par an."}
    experts.say_what_is_offered(actor=actor, sentences=say)
    offer = actor.expert_offers.get()
    assert not ExpertOffer.objects.confirmed().exists()
    decided = experts.decide(offer=offer, state="confirmed", why="", seen=offer.changed_at, acting_user=animator)
    assert (decided.decided_by, ExpertOffer.objects.confirmed().count()) == (animator, 1)
    experts.say_what_is_offered(actor=actor, sentences=say)
    assert ExpertOffer.objects.confirmed().exists(), "the same sentence stays confirmed"
    experts.say_what_is_offered(actor=actor, sentences=say | {SupportKind.EVENT: "Dix festivals."})
    assert not ExpertOffer.objects.confirmed().exists()
    with pytest.raises(experts.ExpertError, match="vient de changer"):
        experts.decide(offer=offer, state="confirmed", why="", seen=offer.changed_at, acting_user=animator)
    experts.say_what_is_offered(actor=actor, sentences={SupportKind.EVENT: ""})
    assert not ExpertOffer.objects.exists()


def test_a_refusal_takes_a_reason(asker, animator):
    offer = support.offers(asker[0], state=OfferState.WAITING)
    with pytest.raises(experts.ExpertError):
        experts.decide(offer=offer, state="refused", why=" ", seen=offer.changed_at, acting_user=animator)
