"""The main job with the keyboard alone, and what helps whoever works so."""

import pytest
from playwright.sync_api import expect

from projects.matching.enums import Band
from projects.models import Need
from tests.browser.keyboard import Keyboard
from tests.factories import network, people

pytestmark = pytest.mark.browser


@pytest.fixture
def ngo(transactional_db):
    return network.owned_actor(name="Passerelles solidaires", contact={"email": "awa@passerelles.example"})


@pytest.fixture
def company(transactional_db):
    return network.owned_actor(name="Léman Ingénierie", kind="company", contact={"email": "paul@leman.example"})


def test_a_need_is_posted_answered_and_accepted_with_the_keyboard_alone(visit, ngo, company):
    _actor, ngo_owner = ngo
    ngo_visit = visit()
    _log_in(ngo_visit, ngo_owner.email)
    _post_a_need(ngo_visit)
    need = Need.objects.get(title="Former les comités d'usagers")
    assert (need.state, need.kind, need.modes) == ("published", "training", ["mecenat_competences", "pro_bono"])
    assert (need.project.title, need.project.territories) == ("Eau potable", ["SN"])

    actor, company_owner = company
    network.match(need, actor, band=Band.STRONG)  # the worker's part, tested end to end elsewhere
    _say_interested(visit(company_owner))

    keys = _at(ngo_visit, "/tableau-de-bord/")
    keys.to("Former les comités d'usagers").follow()
    keys.to("accept").follow()
    expect(keys.page.locator(".contacts")).to_contain_text("paul@leman.example")
    assert ngo_visit.complaints == []


def test_the_first_stop_skips_to_the_content(visit, transactional_db):
    keys = _at(visit(), "/")
    assert keys.tab()["says"] == "Aller au contenu"
    keys.press("Enter")
    assert keys.focused()["id"] == "contenu"
    assert keys.tab()["says"] == "Chercher une compétence"


@pytest.mark.parametrize("path", ["/", "/acteurs/", "/compte/login/", "/competences/"])
def test_every_stop_of_a_page_shows_its_focus(visit, transactional_db, path):
    network.offer(network.actor(), "Relire des statuts")
    keys = _at(visit(), path)
    stops = [keys.tab() for _number in range(12)]
    assert len({stop["says"] for stop in stops}) > 5


def test_a_refused_form_gives_the_focus_to_what_is_wrong(visit, company):
    _actor, owner = company
    one = visit(owner)
    keys = _at(one, "/projets/nouveau/")
    keys.to("publish").follow()
    assert keys.focused()["says"].startswith("Rien n'est perdu")
    assert one.look() == []


def _at(visit, path) -> Keyboard:
    visit.go(path)
    return Keyboard(visit.page)


def _log_in(visit, email: str) -> None:
    keys = _at(visit, "/")
    keys.to("Menu").press("Enter")
    visit.page.locator("#menu.show").wait_for()
    keys.to("Se connecter").follow()
    keys.to("login").type(email)
    keys.to("password").type(people.PASSWORD).follow()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Bonjour Camille")


def _post_a_need(visit) -> None:
    keys = Keyboard(visit.page)
    keys.to("Poster un besoin").follow()
    keys.to("need-title").type("Former les comités d'usagers")
    keys.to("need-detail").type("Deux journées dans chaque village.")
    keys.to("need-kind").type("Form")
    keys.to("Mécénat de compétences").press("Space")
    keys.to("Pro bono").press("Space")
    keys.to("title").type("Eau potable")
    keys.to("id_territories_search").type("sénég").press("Enter")
    keys.to("publish").follow()
    expect(visit.page.locator("#messages")).to_contain_text("C'est publié")


def _say_interested(visit) -> None:
    keys = _at(visit, "/tableau-de-bord/")
    keys.to("Former les comités d'usagers").follow()
    keys.to("Ça nous intéresse").follow()
    keys.to("message").type("Nous formons chaque année des comités.")
    keys.to("Envoyer à l'équipe du projet").follow()
    expect(visit.page.locator("#messages")).to_contain_text("Votre message est envoyé")
    assert visit.complaints == []
