"""From the first visit to the approved page: sign-up, profile, offer, sent, read by an animator, seen by all."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actors.enums import ActorState
from actors.models import Actor
from coexist.common.mail.models import OutgoingEmail
from tests.factories import files, people

pytestmark = pytest.mark.browser
EMAIL = "awa@jardins.example"


def test_a_stranger_becomes_an_approved_actor(visit, transactional_db):
    newcomer = visit()
    _sign_up(newcomer)
    _describe_the_actor(newcomer.page)
    newcomer.page.get_by_role("button", name="Envoyer pour validation").click()
    expect(newcomer.page.locator("#messages")).to_contain_text("Profil envoyé")
    actor = Actor.objects.get()
    assert actor.state == ActorState.WAITING

    stranger = visit()
    stranger.go(actor.get_absolute_url(), status=404)
    animator = visit(people.animator())
    animator.go(reverse("admin:actors_actor_changelist"))
    animator.page.get_by_role("link", name="Examiner").click()
    expect(animator.page.locator(".decide")).to_contain_text("732829320")
    animator.page.click("[type=submit][value^=Confirmer]")
    expect(animator.page.locator(".messagelist")).to_contain_text("Les Jardins du Salève")

    stranger.go("/acteurs/?q=maraichage")
    stranger.page.get_by_role("link", name="Les Jardins du Salève").click()
    expect(stranger.page.get_by_role("heading", level=1)).to_contain_text("Les Jardins du Salève (JDS)")
    shown = stranger.page.locator("main").inner_text()
    assert "accueil@jardins.example" in shown
    assert "privee@jardins.example" not in shown
    assert stranger.look() == []
    decision = OutgoingEmail.objects.get(kind_code="actor_decision")
    assert (decision.address, "validé" in decision.subject) == (EMAIL, True)
    assert [one.complaints for one in (newcomer, animator)] == [[], []]


def _sign_up(newcomer) -> None:
    newcomer.go("/compte/signup/")
    page = newcomer.page
    page.fill("[name=name]", "Awa Diop")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", people.PASSWORD)
    page.click("main [type=submit]")
    code = re.search(r"^[A-Z0-9-]{6,}$", OutgoingEmail.objects.get(address=EMAIL).body_text, re.MULTILINE)
    assert code is not None
    page.fill("[name=code]", code.group())
    page.click("main form:has([name=code]) [type=submit]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Awa")


def _describe_the_actor(page) -> None:
    page.goto("/acteurs/nouveau/")
    page.fill("[name=name]", "Les Jardins du Salève")
    page.fill("[name=acronym]", "JDS")
    page.select_option("[name=kind]", "ngo")
    page.fill("[name=summary]", "Des maraîchers d'ici avec des maraîchères du Sénégal.")
    page.fill("textarea[name=description]", "## Depuis 2004\n\nDeux **jardins**, un puits.")
    page.fill("[name=postcode]", "74100")
    page.fill("[name=city]", "Annemasse")
    page.select_option("[name=registration_kind]", "siren")
    page.fill("[name=registration_number]", "732 829 320")
    page.fill("[name=contacts-0-name]", "Accueil")
    page.fill("[name=contacts-0-email]", "accueil@jardins.example")
    page.check("[name=contacts-0-is_public]")
    page.get_by_role("button", name="Ajouter un contact").click()
    page.fill("[name=contacts-1-name]", "Awa")
    page.fill("[name=contacts-1-email]", "privee@jardins.example")
    page.set_input_files("[name=logo]", {"name": "logo.png", "mimeType": "image/png", "buffer": files.image()})
    page.press("[name=acronym]", "Enter")
    page.fill("[name=title]", "Former au maraîchage sans pesticide")
    page.get_by_label("Pro bono").check()
    page.get_by_role("button", name="Enregistrer l'offre").click()
    expect(page.locator("#messages")).to_contain_text("Offre gardée")
