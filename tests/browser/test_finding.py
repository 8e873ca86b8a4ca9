"""The search over everything in a browser: suggestions with the keyboard, by mouse, without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.factories import network

pytestmark = pytest.mark.browser


@pytest.fixture
def rows(transactional_db):
    lead = network.actor(name="Léman Ingénierie", summary="De l'eau pour tous.")
    project = network.project(lead, title="Léman propre")
    network.need(project, "Nettoyer le Léman")
    network.offer(lead, "Analyser l'eau du Léman")
    return lead


@pytest.fixture
def page(visit, rows):
    one = visit()
    one.go("/")
    yield one.page
    assert one.complaints == []


@pytest.fixture
def box(page):
    return page.get_by_role("combobox", name="Chercher dans tout CoExist")


def options(page):
    return page.locator("[role=option]")


def typed(page, box, text: str = "leman") -> None:
    box.press_sequentially(text)
    expect(options(page)).to_have_count(3)


def active(page, box) -> str:
    name = box.get_attribute("aria-activedescendant")
    return page.locator(f"#{name}[aria-selected=true] .suggestion-title").inner_text() if name else ""


def test_arrows_choose_enter_opens_and_the_number_is_said(page, box, rows):
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(page, box)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("3 suggestions")
    assert active(page, box) == ""
    box.press("ArrowDown")
    first = active(page, box)
    box.press("ArrowDown")
    assert active(page, box) not in ("", first)
    box.press("ArrowUp")
    assert active(page, box) == first
    box.press("ArrowUp")  # in the box again
    assert active(page, box) == ""
    box.press("ArrowUp")  # from the other end
    assert active(page, box) not in ("", first)
    expect(box).to_be_focused()
    for _place in range(3):
        if "Ingénierie" in active(page, box):
            break
        box.press("ArrowUp")
    box.press("Enter")
    expect(page).to_have_url(re.compile(rows.get_absolute_url()))


def test_escape_closes_and_keeps_what_is_typed(page, box):
    typed(page, box)
    box.press("ArrowDown")
    box.press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(box).to_have_value("leman")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")  # and they are there again
    expect(page.locator(".suggestions")).to_be_visible()
    box.press("Tab")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_enter_in_the_box_searches_everything(page, box):
    typed(page, box)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/tout/\?q=leman"))
    expect(page.locator("#resultats")).to_contain_text("Nettoyer le Léman")
    # The page's own box searches as one types.
    field = page.get_by_role("searchbox", name="Un nom, un mot, un lieu, une phrase")
    field.fill("")
    field.press_sequentially("analyser eau")
    expect(page.locator("#resultats")).to_contain_text("Analyser l'eau du Léman")
    expect(page.locator("#resultats")).not_to_contain_text("Nettoyer")
    expect(page).to_have_url(re.compile("analyser"))


def test_a_click_opens_a_suggestion(page, box, rows):
    typed(page, box)
    options(page).filter(has_text="Ingénierie").click()
    expect(page).to_have_url(re.compile(rows.get_absolute_url()))


def test_nothing_found_is_said_too(page, box):
    box.press_sequentially("zzzzzz")
    expect(page.locator(".site-search [role=status]")).to_contain_text("Aucune suggestion")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_the_box_is_reached_with_tab_and_hides_no_focus(visit, rows):
    one = visit()
    one.go("/acteurs/")
    keys = Keyboard(one.page)
    keys.to("chercher-partout").type("leman").press("Enter")
    expect(one.page).to_have_url(re.compile("/tout/"))
    assert one.look() == []


def test_without_a_script_it_is_a_form(visit, rows):
    page = visit(java_script_enabled=False).page
    page.goto("/")
    page.fill("#chercher-partout", "léman")
    page.press("#chercher-partout", "Enter")
    expect(page.get_by_role("heading", name="Besoins")).to_be_visible()
    page.get_by_role("navigation", name="Types de résultats").get_by_role("link", name="Acteurs").click()
    expect(page.locator(".found")).to_have_count(1)
    page.get_by_role("link", name="Affiner dans l'annuaire").click()
    expect(page).to_have_url(re.compile(r"/acteurs/\?q=l%C3%A9man"))
    expect(page.locator("#resultats h3")).to_have_text("Léman Ingénierie")
