"""Needs without a taker rise; animators see what was tried, propose through the caps, or close honestly."""

import pytest
from django.urls import reverse

from coexist.common.mail.models import OutgoingEmail
from projects import services as project_services
from projects.enums import NeedState
from projects.matching.announce import solicit
from projects.matching.models import Match, Refusal, Solicitation
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.stuck import needs, services
from projects.partnerships.stuck.services import StuckError
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(clock):
    made = network.need(network.project(network.owned_actor(name="Eau et Vie")[0]), "Relire nos statuts")
    clock.forward(days=23)
    return made


@pytest.fixture
def actor(need):
    """Offers what is needed, and was read by the engine."""
    made, _owner = network.owned_actor(name="Juristes sans bornes")
    network.offer(made, "Relire des statuts")
    network.read(made, need)
    return made


@pytest.mark.parametrize(("days", "step"), [(8, 0), (9, 9), (20, 9), (21, 21), (45, 45), (90, 45)])
def test_a_need_rises_with_time(clock, days, step):
    need = network.need(network.project(network.actor()))
    clock.forward(days=days)
    assert needs.step_of(need) == step
    assert [need in needs.between(of) for of in needs.DAYS] == [of == step for of in needs.DAYS]


@pytest.mark.parametrize(
    ("state", "side", "is_stuck"),
    [
        (IntroductionState.ACCEPTED, Side.PROJECT, False),
        (IntroductionState.PROPOSED, Side.ACTOR, False),
        (IntroductionState.PROPOSED, Side.PROJECT, True),
        (IntroductionState.DECLINED, Side.ACTOR, True),
        (IntroductionState.CLOSED, Side.ACTOR, True),
    ],
)
def test_a_taker_is_who_offers_itself_or_said_yes(need, state, side, is_stuck):
    network.introduction(need, network.actor(), state=state, side=side)
    assert (need in needs.stuck_needs()) is is_stuck


def test_the_page_tells_what_was_tried_and_who_refused_why(client, animator, need, actor):
    solicit([network.match(need, actor)])
    refuser = network.actor(name="Les occupés")
    Refusal.objects.create(need=need, actor=refuser, by_actor=True, reason="no_time", text="Pas avant l'été")
    client.force_login(animator)
    assert need.title in client.get(reverse("admin:partnerships_introduction_stuck")).content.decode()
    html = client.get(reverse("admin:partnerships_introduction_stuck_need", args=[need.pk])).content.decode()
    for told in (
        "Juristes sans bornes",
        "proposition de CoExist",
        "Les occupés",
        "Pas avant l&#x27;été",
        "Pas le temps",
    ):
        assert told in html


def test_an_actor_proposed_by_hand_goes_through_the_ledger_once(client, animator, need, actor):
    client.force_login(animator)
    page = reverse("admin:partnerships_introduction_stuck_need", args=[need.pk])
    for _click in range(2):
        client.post(page, {"actor": actor.pk})
    asked = Solicitation.objects.get(need=need, actor=actor)
    assert asked.mail.kind_code == "needs_for_actor"
    assert Match.objects.get(need=need, actor=actor).solicited_at is not None


def test_gates_and_caps_hold_for_a_proposal_by_hand(need, actor, animator):
    lead, far = need.project.lead, network.owned_actor()[0]
    network.offer(lead, "Relire des statuts")
    network.offer(far, "Relire des statuts", modes=["paid"])
    refused, _owner = network.owned_actor()
    network.offer(refused, "Relire des statuts")
    network.read(lead, far, refused)
    Refusal.objects.create(need=need, actor=refused, by_actor=True, reason="no_time")
    for stopped in (lead, far, refused):
        with pytest.raises(StuckError):
            services.propose(need=need, actor=stopped, acting_user=animator)
    owner = actor.members.get()
    for _number in range(5):
        solicit([network.match(network.need(network.project(network.actor())), actor)])
    with pytest.raises(StuckError):
        services.propose(need=need, actor=actor, acting_user=animator)
    assert not Solicitation.objects.filter(need=need, person=owner).exists()


def test_the_honest_mail_is_read_first_then_closes_and_tells_once(client, animator, need):
    client.force_login(animator)
    page = reverse("admin:partnerships_introduction_stuck_close", args=[need.pk])
    assert "pas trouvé" in client.get(page).content.decode()
    assert "Pardon, personne." in client.post(page, {"text": "Pardon, personne."}).content.decode()
    need.refresh_from_db()
    assert need.state == NeedState.PUBLISHED
    for _click in range(2):
        client.post(page, {"text": "Pardon, personne.", "send": "1"})
    need.refresh_from_db()
    assert need.state == NeedState.CLOSED
    mail = OutgoingEmail.objects.get(kind_code="need_unanswered")
    assert mail.recipient == need.project.lead.members.get()
    assert "Pardon, personne." in mail.body_text


def test_a_need_that_found_a_taker_meanwhile_is_not_closed(need, animator):
    network.introduction(need, network.actor())
    with pytest.raises(StuckError):
        services.close_unanswered(need=need, text="x", acting_user=animator)
    project_services.end_need(need=need, state=NeedState.FILLED, acting_user=None)
    with pytest.raises(StuckError):
        services.close_unanswered(need=need, text="x", acting_user=animator)
    assert not OutgoingEmail.objects.filter(kind_code="need_unanswered").exists()


def test_only_animators_get_there(client, need):
    client.force_login(people.verified())
    assert client.get(reverse("admin:partnerships_introduction_stuck")).status_code == 302


def test_the_honest_mail_counts_only_actors_whose_mail_was_not_taken_back(client, animator, need, actor):
    solicit([network.match(need, actor)])
    OutgoingEmail.objects.update(state="cancelled")
    assert needs.actors_asked(need) == 0
    OutgoingEmail.objects.update(state="sent")
    assert needs.actors_asked(need) == 1
