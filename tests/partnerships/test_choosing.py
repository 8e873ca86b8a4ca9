"""Several answers to one need: compared on one page, chosen together, the others answered once."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState
from projects.partnerships import services as steps
from projects.partnerships.choosing import services
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.errors import IntroductionError
from projects.partnerships.models import Introduction
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def need():
    return network.need(network.project(network.owned_actor(name="Eau et Vie")[0]))


@pytest.fixture
def answers(need):
    return [network.introduction(need, network.owned_actor(name=name)[0]) for name in ("Un", "Deux", "Trois")]


def owner(need):
    return need.project.lead.members.get()


def choose(need, chosen, others=(), **fields):
    given = {"reply": "", "courteous": "Merci, une autre fois.", "filled": False, "acting_user": owner(need), **fields}
    services.choose(need=need, chosen=[row.pk for row in chosen], others=[row.pk for row in others], **given)


def states(answers):
    return [Introduction.objects.get(pk=row.pk).state for row in answers]


def told(answer):
    return OutgoingEmail.objects.filter(kind_code="introduction_answered", recipient=answer.actor.members.get())


def test_the_page_shows_answers_together_with_what_tells_them_apart(client, need, answers):
    network.match(need, answers[0].actor, offer=network.offer(answers[0].actor, "Forage à la tarière"))
    before = network.need(need.project)
    network.introduction(before, answers[1].actor, state=IntroductionState.ACCEPTED)
    client.force_login(owner(need))
    page = client.get(reverse("need-answers", args=[need.pk]))
    html = page.content.decode()
    assert "Forage à la tarière" in html
    assert "1 mise en relation passée avec vous" in html
    assert [answer.past for answer in page.context["answers"]].count(1) == 1


def test_the_preview_writes_nothing_and_the_edited_text_leaves_once(client, need, answers):
    client.force_login(owner(need))
    page = reverse("need-answers", args=[need.pk])
    preview = client.post(page, {"chosen": answers[0].pk, "filled": "on"}).content.decode()
    assert "Merci d&#x27;avoir proposé votre aide" in preview
    assert states(answers) == ["proposed"] * 3
    sent = {
        "send": "1", "chosen": answers[0].pk, "others": [answers[1].pk, answers[2].pk], "filled": "on",
        "courteous": "Un texte à nous", "reply": "Bienvenue",
    }  # fmt: skip
    for _click in range(2):
        client.post(page, sent)
    assert states(answers) == ["accepted", "declined", "declined"]
    for answer in answers[1:]:
        assert "Un texte à nous" in told(answer).get().body_text
        assert "Raison" not in told(answer).get().body_text
    assert "Bienvenue" in told(answers[0]).get().body_text
    need.refresh_from_db()
    assert need.state == NeedState.FILLED


def test_who_is_in_neither_list_waits_on(need, answers):
    choose(need, answers[:1], answers[1:2])
    assert states(answers) == ["accepted", "declined", "proposed"]
    assert not told(answers[2]).exists()


def test_without_a_word_for_the_others_nothing_leaves_and_nothing_is_lost(client, need, answers):
    client.force_login(owner(need))
    sent = {"send": "1", "chosen": answers[0].pk, "others": [answers[1].pk], "courteous": " ", "reply": "À bientôt"}
    answer = client.post(reverse("need-answers", args=[need.pk]), sent)
    assert "À bientôt" in answer.content.decode()
    assert states(answers) == ["proposed"] * 3


def test_one_decided_meanwhile_stops_all(need, answers):
    steps.decline(introduction=answers[1], reason="place", reply="", acting_user=owner(need))
    with pytest.raises(IntroductionError):
        choose(need, answers[:1], answers[1:], filled=True)
    assert states(answers) == ["proposed", "declined", "proposed"]
    need.refresh_from_db()
    assert need.state == NeedState.PUBLISHED


def test_forbidden_choices_are_refused_in_the_service(need, answers):
    foreign = network.introduction(network.need(network.project(network.actor())), answers[0].actor)
    asked = network.introduction(need, network.actor(), side=Side.PROJECT)
    for chosen, others in (([], answers), ([foreign], []), ([asked], []), (answers[:1], answers[:1])):
        with pytest.raises(IntroductionError):
            choose(need, chosen, others)
    assert states([*answers, foreign, asked]) == ["proposed"] * 5


def test_readers_compare_and_do_not_choose(client, need, answers):
    reader = people.verified()
    network.join(reader, need.project.lead, "reader")
    client.force_login(reader)
    page = reverse("need-answers", args=[need.pk])
    assert 'name="chosen"' not in client.get(page).content.decode()
    assert client.post(page, {"chosen": answers[0].pk}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_choose_at_once_one_wins_and_the_other_is_told():
    need = network.need(network.project(network.owned_actor()[0]))
    answers = [network.introduction(need, network.owned_actor()[0]) for _number in range(2)]
    said: list[str] = []
    start = threading.Barrier(2)

    def run(first, second):
        start.wait()
        try:
            choose(need, [first], [second], filled=True)
            said.append("done")
        except IntroductionError:
            said.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in (answers, answers[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "told"]
    assert sorted(states(answers)) == ["accepted", "declined"]
    assert OutgoingEmail.objects.filter(kind_code="introduction_answered").count() == 2
