"""Everything of the main job works in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from actors.models import User
from coexist.common.mail.models import OutgoingEmail
from projects.models import Need
from tests.factories import files, network, people

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(visit):
    """A person's page in a browser that runs no script."""
    return lambda person=None: visit(person, java_script_enabled=False).page


@pytest.fixture
def ngo(transactional_db):
    return network.owned_actor(name="Passerelles solidaires", contact={"email": "awa@passerelles.example"})


def test_the_menu_is_open_on_a_phone(plain, transactional_db):
    page = plain()
    page.goto("/")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Acteurs").click()
    expect(page).to_have_url(re.compile("/acteurs/$"))


def test_actors_are_searched_and_filtered(plain, transactional_db):
    for kind, name in [("company", "Léman Ingénierie"), ("ngo", "Bibliothèques"), ("company", "Menuiserie Favre")]:
        title = "Fabriquer des meubles" if name == "Menuiserie Favre" else "Traiter l'eau potable"
        network.offer(network.actor(kind=kind, name=name), title)
    page = plain()
    page.goto("/")
    page.fill("main [name=q]", "eau potable")
    page.press("main [name=q]", "Enter")
    assert set(_shown(page)) == {"Léman Ingénierie", "Bibliothèques"}
    page.get_by_role("link", name="Voir dans la liste des acteurs").click()
    page.get_by_text("Afficher les filtres").click()
    page.check("[name=kind][value=company]")
    page.locator("main").get_by_role("button", name="Chercher").click()
    assert _shown(page) == ["Léman Ingénierie"]
    page.get_by_role("link", name="Léman Ingénierie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Léman Ingénierie")


def test_one_signs_up_with_the_code_of_the_mail(plain, transactional_db):
    page = plain()
    page.goto("/compte/signup/")
    page.fill("[name=name]", "Awa Diop")
    page.fill("[name=email]", "awa@passerelles.example")
    page.fill("[name=password1]", people.PASSWORD)
    page.click("main [type=submit]")
    page.fill("[name=code]", _code_sent_to("awa@passerelles.example"))
    page.click("main form:has([name=code]) [type=submit]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Awa")
    assert User.objects.get().emailaddress_set.get().verified


def test_a_need_is_posted_answered_and_accepted(plain, ngo):
    _actor, ngo_owner = ngo
    company, company_owner = network.owned_actor(name="Léman Ingénierie", contact={"email": "paul@leman.example"})
    ngo_page = plain(ngo_owner)
    _post_a_need(ngo_page)
    need = Need.objects.get()
    assert (need.state, need.title, need.project.territories) == ("published", "Relire nos statuts", ["74", "SN"])

    network.match(need, company)  # the worker's part, tested end to end elsewhere
    company_page = plain(company_owner)
    company_page.goto("/tableau-de-bord/")
    company_page.get_by_role("link", name="Relire nos statuts").click()
    company_page.get_by_role("link", name="Ça nous intéresse").click()
    company_page.fill("[name=message]", "Notre juriste peut les relire.")
    company_page.get_by_role("button", name="Envoyer à l'équipe du projet").click()
    expect(company_page.locator("#messages")).to_contain_text("Votre message est envoyé")

    ngo_page.goto("/mises-en-relation/")
    ngo_page.get_by_role("link", name="Relire nos statuts").click()
    ngo_page.get_by_role("button", name="Accepter").click()
    expect(ngo_page.locator(".contacts")).to_contain_text("paul@leman.example")


def test_an_offer_is_written_and_its_skill_is_read(plain, ngo):
    actor, owner = ngo
    page = plain(owner)
    page.goto(f"/acteurs/{actor.slug}/offres/nouvelle/")
    page.fill("[name=title]", "Relire des statuts d'association")
    page.get_by_label("Pro bono").check()
    page.get_by_role("button", name="Enregistrer l'offre").click()
    expect(page.locator("#messages")).to_contain_text("Compétences reconnues")
    assert actor.offers.get().skills.exists()


def test_a_profile_is_written_with_a_logo_and_contacts(plain, ngo):
    actor, owner = ngo
    page = plain(owner)
    page.goto(f"/acteurs/{actor.slug}/modifier/")
    page.fill("[name=summary]", "De l'eau pour tous.")
    page.fill("[name=contacts-1-name]", "Paul Favre")
    page.fill("[name=contacts-1-phone]", "+33 4 50 00 00 07")
    page.get_by_role("button", name="Ajouter un contact").click()
    page.fill("[name=contacts-2-name]", "Accueil")
    page.fill("[name=contacts-2-email]", "accueil@passerelles.example")
    page.check("[name=contacts-2-is_public]")
    page.check("[name=contacts-0-DELETE]")
    page.set_input_files("[name=logo]", {"name": "logo.png", "mimeType": "image/png", "buffer": files.image()})
    page.press("[name=summary]", "Tab")
    page.press("[name=acronym]", "Enter")
    expect(page.locator("#messages")).to_contain_text("Le profil est à jour")
    shown = page.locator("img.actor-logo-large").evaluate("image => image.naturalWidth")
    assert shown == 60
    assert list(actor.contacts.values_list("name", "is_public")) == [("Paul Favre", False), ("Accueil", True)]


def _post_a_need(page: Page) -> None:
    page.goto("/projets/nouveau/")
    page.fill("[name=need-title]", "Relire nos statuts")
    page.get_by_label("Pro bono").check()
    page.fill("[name=title]", "Une association plus claire")
    page.select_option("[name=territories]", ["74", "SN"])
    page.get_by_role("button", name="Publier").click()
    expect(page.locator("#messages")).to_contain_text("C'est publié")


def _shown(page: Page) -> list[str]:
    return page.locator("#resultats h3").all_inner_texts()


def _code_sent_to(address: str) -> str:
    mail = OutgoingEmail.objects.get(address=address)
    found = re.search(r"^[A-Z0-9-]{6,}$", mail.body_text, re.MULTILINE)
    assert found, mail.body_text
    return found.group()


def test_a_wrong_facet_opens_the_filters_that_say_so(plain, transactional_db):
    network.actor()
    page = plain()
    page.goto("/acteurs/")
    expect(page.locator("[name=kind]").first).to_be_hidden()
    page.goto("/acteurs/?kind=nimporte")
    expect(page.get_by_text("Sélectionnez un choix valide")).to_be_visible()
