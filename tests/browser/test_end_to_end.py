"""From a posted need to two people who see each other's contacts: real browser, worker, broker and SMTP server."""

import re
import urllib.request
from email.message import EmailMessage
from html import unescape

import pytest
from playwright.sync_api import expect

from actors.services import save_offer
from coexist.common.mail.models import EmailOptOut
from projects.models import Need
from tests.factories import network, people
from tests.mailbox import part

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TITLE = "Analyser et traiter l'eau de nos forages"


@pytest.fixture
def ngo(transactional_db):
    """Its actor, and its three people: owner, editor and reader."""
    owner, editor, reader = (people.verified(email=f"{role}@ong.example") for role in ("owner", "editor", "reader"))
    actor = network.actor(owner=owner, name="Passerelles solidaires", contact={"email": "awa@ong.example"}, themes=[6])
    network.join(editor, actor, "editor")
    network.join(reader, actor, "reader")
    return actor, owner


@pytest.fixture
def company(running_site):
    """Among actors who give something else, and one that is not approved."""
    for title in ("Cours de danse contemporaine", "Prêt d'une salle de concert"):
        offer = network.offer(network.owned_actor()[0], title)
        save_offer(offer=offer, skills=None, acting_user=None)
    unapproved, _owner = network.owned_actor(state="waiting")
    owner = people.verified(email="paul@entreprise.example")
    actor = network.actor(
        owner=owner, name="Léman Ingénierie", kind="company",
        contact={"email": "contact@entreprise.example", "phone": "+33 4 50 00 00 02"}, territories=["SN"], themes=[6],
    )  # fmt: skip
    title = "Analyse et traitement de l'eau potable"
    for giving in (unapproved, actor):
        offer = network.offer(giving, title, modes=["mecenat_competences"])
        save_offer(offer=offer, skills=None, acting_user=None)  # as its form does
    running_site.match_what_is_due()
    return actor, owner


def test_from_a_posted_need_to_shared_contacts(running_site, open_visit, ngo, company):
    mailbox = running_site.mailbox
    ngo_visit = open_visit(running_site.url)
    _log_in(ngo_visit, "/compte/login/", "owner@ong.example")
    _post_the_need(ngo_visit)

    to_owner, to_editor = mailbox.wait_for("owner@ong.example"), mailbox.wait_for("editor@ong.example")
    to_company = mailbox.wait_for("paul@entreprise.example")
    assert mailbox.addresses() == ["editor@ong.example", "owner@ong.example", "paul@entreprise.example"]
    assert "contact@entreprise.example" not in to_owner.as_string(), "contacts wait for an acceptance"

    company_visit = open_visit(running_site.url)
    _log_in(company_visit, _link(to_company, "/correspondances/"), "paul@entreprise.example")
    expect(company_visit.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    reasons = company_visit.page.locator(".reason-list li").all_inner_texts()
    assert "Compétence identique : Traitement et qualité de l'eau (« traitement de l'eau »)" in reasons
    _tells(to_company, TITLE, "Passerelles solidaires", *reasons)
    for mail in (to_owner, to_editor):
        _tells(mail, TITLE, "Léman Ingénierie", *reasons)
    company_visit.page.get_by_role("link", name="Ça nous intéresse").click()
    company_visit.page.fill("[name=message]", "Nos ingénieurs peuvent venir en mars.")
    company_visit.page.click("main form [type=submit]")

    question = mailbox.wait_for("owner@ong.example", 2)
    assert "Nos ingénieurs peuvent venir en mars." in part(question, "plain")
    assert question["List-Unsubscribe"] is None, "an answer in one's own exchange cannot be refused"
    ngo_visit.go(_link(question, "/mises-en-relation/"))
    ngo_visit.page.click("[name=accept]")
    contacts = ngo_visit.page.locator(".contacts")
    expect(contacts).to_contain_text("contact@entreprise.example")
    expect(contacts).to_contain_text("+33 4 50 00 00 02")

    answer = mailbox.wait_for("paul@entreprise.example", 2)
    company_visit.go(_link(answer, "/mises-en-relation/"))
    expect(company_visit.page.locator(".contacts")).to_contain_text("awa@ong.example")
    mailbox.wait_for("editor@ong.example", 2)
    assert sorted(set(mailbox.addresses())) == ["editor@ong.example", "owner@ong.example", "paul@entreprise.example"]
    assert ngo_visit.complaints + company_visit.complaints == []

    _one_click_unsubscribes(to_company)
    assert list(EmailOptOut.objects.values_list("address", "kind_code")) == [
        ("paul@entreprise.example", "needs_for_actor")
    ]


def _log_in(visit, path: str, email: str) -> None:
    visit.go(path, elsewhere=True)
    visit.page.fill("[name=login]", email)
    visit.page.fill("[name=password]", people.PASSWORD)
    visit.page.click("main form [type=submit]")
    visit.page.get_by_role("button", name="Menu").wait_for()
    expect(visit.page.locator("form:has([name=password])")).to_have_count(0)


def _post_the_need(visit) -> None:
    visit.go("/projets/nouveau/")
    visit.page.fill("[name=need-title]", TITLE)
    visit.page.get_by_label("Mécénat de compétences").check()
    visit.page.fill("[name=title]", "De l'eau potable pour trois villages")
    visit.page.fill("#id_territories_search", "sénégal")
    visit.page.press("#id_territories_search", "Enter")
    visit.page.click("[name=publish]")
    expect(visit.page.locator("#messages")).to_contain_text("C'est publié")
    assert Need.objects.get().state == "published"


def _tells(mail: EmailMessage, *sentences: str) -> None:
    """Both parts say so, and the mail can be refused with one click."""
    for subtype in ("plain", "html"):
        told = unescape(part(mail, subtype))
        assert [sentence for sentence in sentences if sentence not in told] == []
    assert re.fullmatch(r"<http\S+/desabonnement/\S+/>", mail["List-Unsubscribe"].strip())
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def _link(mail: EmailMessage, path: str) -> str:
    found = re.search(rf"http\S+{path}\d+/", part(mail, "plain"))
    assert found, part(mail, "plain")
    return found.group()


def _one_click_unsubscribes(mail: EmailMessage) -> None:
    """As the mail provider does it: no cookie, no token, no redirect."""
    address = mail["List-Unsubscribe"].strip(" <>")
    with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click", timeout=10) as answer:
        assert (answer.status, answer.url) == (200, address)
