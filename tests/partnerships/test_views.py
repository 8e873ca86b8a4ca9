"""From the mail's link to two people who talk, as each side sees it."""

import pytest
from django.urls import reverse

from actors.enums import ActorState, Role
from projects.enums import NeedState
from projects.matching.models import Refusal
from projects.partnerships import views
from projects.partnerships.enums import IntroductionState, Side
from projects.partnerships.models import Introduction
from projects.partnerships.services import IntroductionError
from tests.factories import network, people

pytestmark = pytest.mark.django_db

SECRETS = ("prive@eauetvie.example", "+33 4 00 00 00 01", "prive@puisatiers.example", "+33 4 00 00 00 02")


@pytest.fixture
def match():
    lead, _asking = network.owned_actor(name="Eau et Vie", contact={"email": SECRETS[0], "phone": SECRETS[1]})
    actor, _answering = network.owned_actor(name="Puisatiers", contact={"email": SECRETS[2], "phone": SECRETS[3]})
    return network.match(network.need(network.project(lead)), actor)


def of_project(match):
    return match.need.project.lead.members.first()


def of_actor(match):
    return match.actor.members.first()


def introduced(match, **fields) -> Introduction:
    return network.introduction(match.need, match.actor, **fields)


def shown(client, person, address) -> str:
    client.force_login(person)
    return client.get(address).content.decode()


def test_the_mails_link_offers_each_side_its_own_answers(client, match):
    page = reverse("match-detail", args=[match.pk])
    actors_page, projects_page = shown(client, of_actor(match), page), shown(client, of_project(match), page)
    assert "Ça nous intéresse" in actors_page
    assert "Pas pour nous, parce que…" in actors_page
    assert "Contacter cet acteur" not in actors_page
    assert "Contacter cet acteur" in projects_page
    assert "Ça nous intéresse" not in projects_page


def test_following_the_link_changes_nothing(client, match):
    client.force_login(of_actor(match))
    for name in ("interest", "refuse"):
        assert client.get(reverse(name, args=[match.need.pk])).status_code == 200
    client.get(reverse("match-detail", args=[match.pk]))
    assert not Introduction.objects.exists()
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("who", [people.verified, lambda: network.owned_actor()[1]])
def test_a_match_is_not_found_by_others(client, match, who):
    client.force_login(who())
    assert client.get(reverse("match-detail", args=[match.pk])).status_code == 404


def test_interest_acceptance_and_contacts(client, match):
    client.force_login(of_actor(match))
    form = {"actor": match.actor.pk, "message": "Nous venons en mai."}
    page = client.post(reverse("interest", args=[match.need.pk]), form, follow=True)
    assert "Votre message est envoyé." in page.content.decode()
    introduction = Introduction.objects.get()
    assert introduction.side == Side.ACTOR
    address = introduction.get_absolute_url()
    for person in (of_actor(match), of_project(match)):
        assert not [secret for secret in SECRETS if secret in shown(client, person, address)]
    client.force_login(of_project(match))
    answer = reverse("introduction-answer", args=[introduction.pk])
    page = client.post(answer, {"accept": "1", "reply": "Oui !"}, follow=True)
    assert "C&#x27;est accepté" in page.content.decode()
    for person in (of_actor(match), of_project(match)):
        page = shown(client, person, address)
        assert [secret for secret in SECRETS if secret not in page] == []


def test_contacts_are_shown_to_the_two_sides_alone(client, match, animator):
    introduction = introduced(match, state=IntroductionState.ACCEPTED)
    stranger = people.verified()
    client.force_login(stranger)
    assert client.get(introduction.get_absolute_url()).status_code == 404
    seen_by_animators = shown(client, animator, introduction.get_absolute_url())
    assert not [secret for secret in SECRETS if secret in seen_by_animators]
    for address in (match.actor.get_absolute_url(), match.need.get_absolute_url(), reverse("actor-list")):
        assert not [secret for secret in SECRETS if secret in shown(client, stranger, address)]


def test_the_project_writes_first_and_the_actor_declines_with_a_reason(client, match):
    client.force_login(of_project(match))
    client.post(reverse("contact", args=[match.need.pk, match.actor.slug]), {"message": "Pensez-vous pouvoir ?"})
    introduction = Introduction.objects.get()
    assert introduction.side == Side.PROJECT
    client.force_login(of_actor(match))
    answer = reverse("introduction-answer", args=[introduction.pk])
    response = client.post(answer, {"decline": "1", "reply": "Tapé à la main"})
    assert response.status_code == 200
    assert "reason" in response.context["form"].errors
    assert "Tapé à la main" in response.content.decode()
    client.post(answer, {"decline": "1", "reason": "no_time", "reply": "Tapé à la main"})
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.DECLINED
    assert Refusal.objects.get().by_actor is True


@pytest.mark.parametrize("asking", [of_actor, of_project])
def test_a_need_closed_meanwhile_is_said_on_the_form_and_the_message_is_kept(client, match, asking):
    match.need.state = NeedState.CLOSED
    match.need.save()
    client.force_login(asking(match))
    pages = {
        of_actor: reverse("interest", args=[match.need.pk]),
        of_project: reverse("contact", args=[match.need.pk, match.actor.slug]),
    }
    response = client.post(pages[asking], {"actor": match.actor.pk, "message": "Tapé à la main"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Ce besoin n&#x27;est plus ouvert" in page
    assert "Tapé à la main" in page
    assert not Introduction.objects.exists()


def test_a_double_click_makes_one_introduction(client, match):
    client.force_login(of_actor(match))
    form = {"actor": match.actor.pk, "message": "Bonjour"}
    addresses = {client.post(reverse("interest", args=[match.need.pk]), form).url for _ in range(2)}
    assert addresses == {Introduction.objects.get().get_absolute_url()}


def test_not_for_us_takes_one_click_and_hides_the_need(client, match):
    client.force_login(of_actor(match))
    client.post(reverse("refuse", args=[match.need.pk]), {"actor": match.actor.pk, "reason": "place", "text": "Loin"})
    assert Refusal.objects.get().text == "Loin"
    needs = reverse("actor-needs", args=[match.actor.slug])
    assert match.need.title not in shown(client, of_actor(match), needs)
    assert match.actor.name not in shown(client, of_project(match), reverse("need-matches", args=[match.need.pk]))


def test_a_question_answered_by_a_colleague_meanwhile_is_said(client, match, monkeypatch):
    def answered_meanwhile(**what):  # stands for the moment between two colleagues' clicks
        raise IntroductionError("Une réponse a déjà été donnée.")

    monkeypatch.setattr(views.services, "refuse_need", answered_meanwhile)
    client.force_login(of_actor(match))
    form = {"actor": match.actor.pk, "reason": "place"}
    page = client.post(reverse("refuse", args=[match.need.pk]), form, follow=True)
    assert page.status_code == 200
    assert "Une réponse a déjà été donnée." in page.content.decode()


def test_an_answer_given_twice_is_said(client, match):
    introduction = introduced(match, state=IntroductionState.ACCEPTED)
    client.force_login(of_project(match))
    answer = {"decline": "1", "reason": "place"}
    page = client.post(reverse("introduction-answer", args=[introduction.pk]), answer, follow=True)
    assert "Une réponse a déjà été donnée." in page.content.decode()
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.ACCEPTED


def test_the_asking_side_does_not_answer_itself(client, match):
    introduction = introduced(match)
    client.force_login(of_actor(match))
    assert client.post(reverse("introduction-answer", args=[introduction.pk]), {"accept": "1"}).status_code == 403
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.PROPOSED


def reader(match):
    person = people.verified()
    network.join(person, match.actor, Role.READER)
    network.join(person, match.need.project.lead, Role.READER)
    return person


def unverified(match):
    person = people.unverified()
    network.join(person, match.actor, Role.OWNER)
    network.join(person, match.need.project.lead, Role.OWNER)
    return person


@pytest.mark.parametrize("who", [reader, unverified, lambda match: people.verified()])
def test_only_people_who_may_speak_write(client, match, who):
    introduction = introduced(match, side=Side.PROJECT)
    other = network.need(match.need.project)
    client.force_login(who(match))
    form = {"actor": match.actor.pk, "message": "Bonjour", "reason": "place", "accept": "1"}
    for address in (
        reverse("interest", args=[other.pk]),
        reverse("refuse", args=[other.pk]),
        reverse("contact", args=[other.pk, match.actor.slug]),
        reverse("introduction-answer", args=[introduction.pk]),
    ):
        assert client.post(address, form).status_code in (403, 404)
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.PROPOSED
    assert Introduction.objects.count() == 1
    assert not Refusal.objects.exists()


def test_nobody_answers_in_the_name_of_another_actor(client, match):
    victim = network.actor()
    client.force_login(of_actor(match))
    for name in ("interest", "refuse"):
        form = {"actor": victim.pk, "message": "Bonjour", "reason": "place"}
        response = client.post(reverse(name, args=[match.need.pk]), form)
        assert "actor" in response.context["form"].errors
    assert not Introduction.objects.exists()
    assert not Refusal.objects.exists()


def test_an_actor_that_is_not_approved_writes_to_nobody(client, match):
    match.actor.state = ActorState.WAITING
    match.actor.save()
    client.force_login(of_actor(match))
    form = {"actor": match.actor.pk, "message": "Bonjour"}
    assert client.post(reverse("interest", args=[match.need.pk]), form).status_code == 403
    client.force_login(of_project(match))
    contact = reverse("contact", args=[match.need.pk, match.actor.slug])
    assert client.post(contact, {"message": "Bonjour"}).status_code == 404


def test_the_list_shows_ones_own_introductions_only(client, match):
    mine = introduced(match)
    others_need = network.need(network.project(network.actor(name="Autre porteur")))
    network.introduction(others_need, network.actor(name="Tiers"))
    page = shown(client, of_actor(match), reverse("introduction-list"))
    assert mine.get_absolute_url() in page
    assert not [name for name in ("Autre porteur", "Tiers") if name in page]
