"""Each public figure, counted among rows that must not count."""

from datetime import timedelta

import pytest

from actors.enums import ActorState
from coexist.statistics import public
from projects.enums import NeedState, ProjectState
from projects.partnerships.enums import Side
from tests.factories import network
from tests.statistics import rows

pytestmark = pytest.mark.django_db


def values(figure) -> dict[str, tuple]:
    return {row.label: row.values for row in figure.rows}


def figure(code: str):
    return next(one for one in public.figures(public.count()) if one.code == code)


def test_actors_count_by_kind_once_approved():
    rows.approved(kind="ngo")
    rows.approved(kind="ngo")
    rows.approved(kind="company")
    for state in ActorState.values:
        if state != ActorState.APPROVED:
            network.actor(kind="university", state=state)
    found = values(figure("acteurs"))
    assert found["Association, ONG"] == (2,)
    assert found["Entreprise"] == (1,)
    assert found["Université, recherche"] == (0,)
    assert public.count().actors == 3


def test_needs_are_counted_when_everybody_can_read_them():
    lead = rows.approved()
    for state in (NeedState.PUBLISHED, NeedState.FILLED, NeedState.FILLED, NeedState.CLOSED):
        network.need(network.project(lead), state=state, published_at=rows.days_ago(3))
    network.need(network.project(lead), state=NeedState.DRAFT)
    network.need(network.project(lead), state=NeedState.WAITING)
    network.need(network.project(lead, state=ProjectState.DRAFT))
    network.need(network.project(lead, state=ProjectState.ARCHIVED))
    network.need(network.project(network.actor(state=ActorState.SUSPENDED)), state=NeedState.FILLED)
    found = values(figure("besoins"))
    assert found["Publiés"] == (4,)
    assert found["Pourvus"] == (2,)


def test_an_offer_or_a_yes_is_an_answer_and_a_refusal_is_none():
    lead, other = rows.approved(), rows.approved()
    for _number in range(5):
        rows.answered(rows.posted(lead, days=9), other)
    refused = rows.posted(lead, days=9)
    network.match(refused, other)
    network.introduction(refused, other, side=Side.PROJECT, state="declined")
    waits = rows.posted(lead, days=9)
    network.introduction(waits, other, side=Side.PROJECT)
    found = values(figure("besoins"))
    assert found["Publiés"] == (7,)
    assert found["Qui ont reçu une réponse"] == (5,)


def test_an_answer_by_the_services_that_people_use_counts():
    from projects.partnerships import services

    (lead, owner), (other, giver) = network.owned_actor(), network.owned_actor()
    for _number in range(5):
        need = rows.posted(lead, days=4)
        services.ask(need=need, actor=other, side=Side.ACTOR, message="Oui", acting_user=giver)
    asked = rows.posted(lead, days=4)
    made, _new = services.ask(need=asked, actor=other, side=Side.PROJECT, message="Pouvez-vous ?", acting_user=owner)
    assert values(figure("besoins"))["Qui ont reçu une réponse"] == (5,)
    services.accept(introduction=made, reply="Oui", acting_user=giver)
    assert values(figure("besoins"))["Qui ont reçu une réponse"] == (6,)


def test_the_median_is_of_first_answers():
    lead, one, two = rows.approved(), rows.approved(), rows.approved()
    for days in (1, 2, 4, 8, 16):
        need = rows.posted(lead, days=30)
        rows.answered(need, one, after=days)
        rows.answered(need, two, after=20)
    assert values(figure("delais"))["De la publication d'un besoin à la première réponse"] == (4.0,)


def test_the_median_to_a_partnership_leaves_out_hidden_actors():
    lead, other, hidden = rows.approved(), rows.approved(), network.actor(state=ActorState.SUSPENDED)
    for days in (10, 20, 30, 40, 50):
        need = rows.posted(lead, days=100)
        rows.partnership(lead, other, need=need, at=need.published_at + timedelta(days=days))
        rows.partnership(lead, hidden, need=need, at=need.published_at + timedelta(days=1))
    assert values(figure("delais"))["De la publication d'un besoin au partenariat"] == (30.0,)


def test_goals_and_places_are_those_of_approved_actors_and_published_projects():
    lead = rows.approved(themes=[6, 13], territories=["74"])
    network.actor(state=ActorState.WAITING, themes=[6], territories=["SN"])
    network.project(lead, themes=[6], territories=["SN"])
    network.project(lead, themes=[6], territories=["SN"], state=ProjectState.DRAFT)
    goals = values(figure("objectifs"))
    assert goals["6. Eau propre et assainissement"] == (1, 1)
    assert goals["13. Lutte contre les changements climatiques"] == (1, 0)
    assert len(goals) == 17
    places = values(figure("territoires"))
    assert places["Sénégal"] == (0, 1)
    assert places["Haute-Savoie (74)"] == (1, 0)
    assert places["Auvergne-Rhône-Alpes"] == (1, 0)


def test_places_are_bounded():
    codes = ["SN", "ML", "BF", "BJ", "TG", "MG", "MA", "TN", "CM", "NE", "HT", "VN", "KH", "LB", "PS", "IN", "PE"]
    for code in codes:
        rows.approved(territories=[code])
    assert len(figure("territoires").rows) == public.MOST_TERRITORIES


def test_every_month_is_there_also_those_without_anything():
    lead = rows.approved(days=70)
    need = rows.posted(lead, days=40)
    rows.partnership(lead, rows.approved(days=10), need=need, at=rows.days_ago(35))
    rows.partnership(lead, network.actor(state=ActorState.SUSPENDED), at=rows.days_ago(35))
    network.actor(state=ActorState.SUSPENDED, approved_at=rows.days_ago(40))
    rows.approved(days=3 * 365)
    months = [row.values for row in figure("evolution").rows]
    assert len(months) == 24
    assert [sum(column) for column in zip(*months, strict=True)] == [2, 1, 1]
    assert months[0] == (0, 0, 0)
