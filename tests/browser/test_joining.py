"""Coming to act for an actor, in a browser without scripts too: invited by mail, or by claiming it."""

import re

import pytest
from playwright.sync_api import expect

from actors.models import Invitation, User
from coexist.common.mail.models import OutgoingEmail
from tests.factories import network, people

pytestmark = pytest.mark.browser


@pytest.fixture
def ngo(transactional_db):
    return network.owned_actor(name="Passerelles solidaires")


def _menu(visit) -> None:
    """On a phone the menu is folded, where scripts run."""
    button = visit.page.get_by_role("button", name="Menu")
    if button.is_visible():
        button.click()
        visit.page.locator("#menu.show").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_new_person_comes_through_an_invitation(visit, ngo, scripts):
    actor, owner = ngo
    inviting = visit(owner, java_script_enabled=scripts)
    inviting.go(f"/acteurs/{actor.slug}/membres/")
    inviting.page.fill("[name=email]", "awa.diop@asso.example")
    inviting.page.get_by_label("Rédacteur").check()
    inviting.page.get_by_role("button", name="Envoyer l'invitation").click()
    expect(inviting.page.locator("#messages")).to_contain_text("Invitation envoyée à awa.diop@asso.example")

    invited = visit(java_script_enabled=scripts)
    invited.go(_link(OutgoingEmail.objects.get(address="awa.diop@asso.example")))
    expect(invited.page.get_by_role("heading", level=1)).to_have_text("Rejoindre Passerelles solidaires")
    invited.page.get_by_role("button", name="Créer mon compte pour rejoindre").click()
    expect(invited.page.locator("[name=email]")).to_have_value("awa.diop@asso.example")
    invited.page.fill("[name=name]", "Awa Diop")
    invited.page.fill("[name=password1]", people.PASSWORD)
    invited.page.click("main [type=submit]")
    invited.page.get_by_role("button", name="Rejoindre").click()
    expect(invited.page.locator("#messages")).to_contain_text("vous êtes membre de Passerelles solidaires")
    person = User.objects.get(email="awa.diop@asso.example")
    assert actor.memberships.get(user=person).role == "editor"
    assert person.emailaddress_set.get().verified
    _menu(invited)
    expect(invited.page.locator(".actor-menu")).to_contain_text("Passerelles solidaires")

    inviting.go(f"/acteurs/{actor.slug}/membres/")
    expect(inviting.page.locator("main")).to_contain_text("Awa Diop")
    assert not Invitation.objects.unanswered().exists()
    assert inviting.complaints + invited.complaints == []


def test_an_owner_answers_a_claim(visit, ngo):
    actor, owner = ngo
    colleague = people.verified(name="Alix Moreau")
    asking = visit(colleague)
    asking.go(actor.get_absolute_url())
    asking.page.get_by_role("link", name="C'est mon organisation").click()
    asking.page.fill("[name=message]", "Je suis la nouvelle coordinatrice.")
    asking.page.get_by_role("button", name="Envoyer la demande").click()
    expect(asking.page.locator("main")).to_contain_text("Votre demande attend une réponse")

    mail = OutgoingEmail.objects.get(kind_code="claim_made", recipient=owner)
    found = re.search(r"(/rattachements/\d+/)", mail.body_text)
    assert found, mail.body_text
    answering = visit(owner)
    answering.go(found.group())
    expect(answering.page.locator("main")).to_contain_text("Je suis la nouvelle coordinatrice.")
    answering.page.get_by_label("Rédacteur").check()
    answering.page.get_by_role("button", name="Accepter").click()
    expect(answering.page.locator("#messages")).to_contain_text("Alix Moreau est maintenant membre")
    asking.go(f"/acteurs/{actor.slug}/modifier/")
    assert asking.complaints + answering.complaints == []
    assert "vous êtes membre" in OutgoingEmail.objects.get(kind_code="claim_answered").body_text


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_one_works_for_another_of_ones_actors(visit, transactional_db, scripts):
    person = people.verified()
    for name in ("Atelier du lac", "Bibliothèque"):
        network.actor(owner=person, name=name)
    one = visit(person, java_script_enabled=scripts)
    one.go("/tableau-de-bord/")
    _menu(one)
    one.page.locator(".actor-menu summary").click()
    one.page.locator(".actor-menu").get_by_role("button", name="Bibliothèque").click()
    expect(one.page.locator("#messages")).to_contain_text("au nom de Bibliothèque")
    one.go("/projets/nouveau/")
    expect(one.page.locator("[name=lead] option:checked")).to_have_text("Bibliothèque")
    assert one.complaints == []


def _link(mail: OutgoingEmail) -> str:
    found = re.search(r"(/invitation/\S+)", mail.body_text)
    assert found, mail.body_text
    return found.group()
