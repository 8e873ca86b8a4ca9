"""From a posted need to shared contacts, and on to a story that everybody reads: real browser, worker and mails."""

import re
import urllib.request
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actors.services import save_offer
from coexist.common.mail.models import EmailOptOut
from projects.models import Need
from tests.factories import following, network, people
from tests.factories.pdf import read_back
from tests.mailbox import part

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STORY = "Une eau que l'on connaît"
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


def test_from_a_need_to_an_achievement_that_everybody_reads(running_site, open_visit, ngo, company):
    """Need, match, introduction, acceptance, partnership, convention as PDF, milestones, outcome, publication."""
    mailbox, today = running_site.mailbox, timezone.localdate().isoformat()
    ngo_visit = open_visit(running_site.url, ngo[1])
    company_visit = open_visit(running_site.url, company[1])
    _post_the_need(ngo_visit)
    company_visit.go(_link(mailbox.wait_for("paul@entreprise.example"), "/correspondances/"))
    company_visit.page.get_by_role("link", name="Ça nous intéresse").click()
    company_visit.page.fill("[name=message]", "Nos ingénieurs peuvent venir en mars.")
    company_visit.page.click("main form [type=submit]")
    ngo_visit.go(_link(mailbox.wait_for("owner@ong.example", 2), "/mises-en-relation/"))
    ngo_visit.page.click("[name=accept]")
    ngo_visit.page.get_by_role("button", name="Suivre ce partenariat").click()
    expect(ngo_visit.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    followed = ngo_visit.page.url

    for stage in ("discussion", "agreement"):
        _change_stage(ngo_visit, stage)
    _sign_a_convention(ngo_visit)
    ngo_visit.page.goto(followed)
    ngo_visit.page.get_by_role("link", name="Ajouter un jalon").click()
    ngo_visit.page.fill("[name=title]", "Premier prélèvement")
    ngo_visit.page.fill("[name=due_on]", today)
    ngo_visit.page.click("main form [type=submit]")
    ngo_visit.page.get_by_role("link", name="Modifier Premier prélèvement").click()
    ngo_visit.page.fill("[name=done_on]", today)
    ngo_visit.page.click("main form [type=submit]")
    expect(ngo_visit.page.locator(".line-item", has_text="Premier prélèvement")).to_contain_text("fait")
    for stage in ("under_way", "completed"):
        _change_stage(ngo_visit, stage)

    _tell_the_story(ngo_visit, company_visit, followed)
    _publish_it(open_visit(running_site.url, people.animator()))
    visitor = open_visit(running_site.url)
    visitor.go("/realisations/")
    visitor.page.get_by_role("link", name=STORY).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(STORY)
    expect(visitor.page.locator("main")).to_contain_text("Nous savons enfin ce que nous buvons.")
    expect(visitor.page.locator("main")).not_to_contain_text("Un peu lent au début")
    visitor.go(ngo[0].get_absolute_url())
    expect(visitor.page.locator("main")).to_contain_text(STORY)
    assert ngo_visit.complaints + company_visit.complaints + visitor.complaints == []


def _change_stage(visit, stage: str) -> None:
    visit.page.locator("summary", has_text="Changer d'étape").click()
    visit.page.select_option("[name=to]", stage)
    visit.page.get_by_role("button", name="Changer d'étape").click()
    expect(visit.page.locator(f".state-{stage}").first).to_be_visible()


def _sign_a_convention(visit) -> None:
    visit.page.get_by_role("link", name="Préparer une convention").click()
    visit.page.fill("[name=object]", "Analyser l'eau de trois forages.")
    visit.page.fill("[name=amount]", "12500.50")
    visit.page.click("main form [type=submit]")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="PDF").click()
    text = read_back(Path(download.value.path()).read_bytes())
    for said in ("Analyser l'eau de trois forages.", "Passerelles solidaires", "Léman Ingénierie", "12 500,50"):
        assert said in text, text
    visit.page.get_by_role("button", name="Je l'ai envoyée pour signature").click()
    signed = {"name": "signee.pdf", "mimeType": "application/pdf", "buffer": following.PDF}
    visit.page.set_input_files("[name=file]", signed)
    visit.page.fill("[name=on]", timezone.localdate().isoformat())
    visit.page.get_by_role("button", name="Elle est signée").click()
    expect(visit.page.get_by_role("link", name="Télécharger l'exemplaire signé")).to_be_visible()


def _tell_the_story(ngo_visit, company_visit, followed: str) -> None:
    desk = followed.rstrip("/") + "/realisation/"
    ngo_visit.page.goto(desk)
    ngo_visit.page.get_by_role("link", name="Écrire le récit en commun").click()
    ngo_visit.page.fill("[name=title]", STORY)
    ngo_visit.page.fill("[name=summary]", "Trois villages, trois forages, une eau suivie.")
    ngo_visit.page.fill("[name=done]", "Six ingénieurs sont venus deux semaines.")
    ngo_visit.page.fill("[name=people_reached]", "2400")
    ngo_visit.page.click("main form [type=submit]")
    ngo_visit.page.get_by_role("link", name="Ajouter un témoignage").click()
    ngo_visit.page.fill("[name=quotation]", "Nous savons enfin ce que nous buvons.")
    ngo_visit.page.click("main form [type=submit]")
    ngo_visit.page.get_by_role("link", name="Donner un avis en privé").click()
    ngo_visit.page.locator("[name=grade][value='4']").check()
    ngo_visit.page.fill("[name=comment]", "Un peu lent au début.")
    ngo_visit.page.click("main form [type=submit]")
    for visit in (ngo_visit, company_visit):
        visit.page.goto(desk)
        visit.page.get_by_role("button", name="Nous sommes d'accord pour publier").click()
    expect(company_visit.page.locator("main")).to_contain_text("l'équipe d'animation relit, puis publie")
    expect(company_visit.page.locator("main")).not_to_contain_text("Un peu lent au début")


def _publish_it(animator) -> None:
    animator.go("/admin/achievements/achievement/")
    animator.page.get_by_role("link", name="Lire et décider").click()
    animator.page.click("button[name=to][value=published]")
    expect(animator.page.locator(".messagelist")).to_contain_text("C'est décidé")


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
