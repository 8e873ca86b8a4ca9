"""The Semaine, from a proposal without an account to the agenda and the printed programme."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from coexist.common.mail.models import OutgoingEmail
from events.campaigns.models import Activity
from events.programme import making
from events.programme.models import ProgrammePrint
from tests.factories import campaigns, network

pytestmark = pytest.mark.browser
TITLE = "Ciné-débat : d'où vient notre eau ?"


def _link(mail: OutgoingEmail) -> str:
    found = re.search(r"https?://\S+/semaine/\S+", mail.body_text)
    assert found, mail.body_text
    return urlsplit(found.group()).path


def _fill(page) -> None:
    for name, value in {
        "structure": "Cinéma Le Grand Tétras", "name": "Zoé Martin", "email": "zoe@cinema.example", "title": TITLE,
        "summary": "Un film, puis une discussion avec une hydrologue.", "first_time": "20:00", "place": "Grande salle",
        "postcode": "74100", "city": "Ville-la-Grand",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.select_option("[name=kind]", "screening")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_proposed_without_an_account_accepted_by_the_coordinator_then_public(visit, transactional_db, scripts):
    agglo, owner = network.owned_actor(name="Annemasse Agglo")
    week = campaigns.campaign()
    campaigns.coordination(week, agglo)

    proposing = visit(java_script_enabled=scripts)
    proposing.go(week.get_absolute_url())
    proposing.page.get_by_role("link", name="Proposer une activité").click()
    _fill(proposing.page)
    proposing.page.locator("main form[method=post] [type=submit]").last.click()
    expect(proposing.page.locator("main")).to_contain_text("zoe@cinema.example")
    assert not Activity.objects.exists(), "made before the address is confirmed"
    proposing.go(_link(OutgoingEmail.objects.get(address="zoe@cinema.example")))
    proposing.page.locator("main form[method=post] [type=submit]").click()
    expect(proposing.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    proposing.go("/agenda/")
    expect(proposing.page.locator("main")).not_to_contain_text(TITLE)

    moderating = visit(owner, java_script_enabled=scripts)
    moderating.go(f"/semaine/{week.year}/coordination/")
    moderating.page.get_by_role("link", name=TITLE).click()
    expect(moderating.page.locator("main")).to_contain_text("zoe@cinema.example")
    moderating.page.get_by_role("button", name="Accepter et publier").click()
    expect(moderating.page.locator("#messages")).to_contain_text("Qui l'a proposé est prévenu")

    proposing.go(f"{week.get_absolute_url()}?cp=74100&pays=FR")
    proposing.page.get_by_role("link", name=TITLE).click()
    expect(proposing.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert proposing.look() == moderating.look() == [] if scripts else True
    assert proposing.complaints + moderating.complaints == []


def test_a_programme_is_asked_for_watched_and_downloaded(visit, transactional_db):
    agglo, owner = network.owned_actor(name="Annemasse Agglo")
    week = campaigns.campaign(state="published")
    campaigns.coordination(week, agglo)
    campaigns.activity(week, agglo, state="accepted", title=TITLE)

    one = visit(owner)
    one.go(f"/semaine/{week.year}/coordination/")
    one.page.get_by_role("link", name="Préparer le programme").click()
    one.page.get_by_label("Livret A5").check()
    one.page.get_by_role("button", name="Préparer le programme").click()
    expect(one.page.locator("progress")).to_be_visible()
    assert one.look() == []
    assert making.make(ProgrammePrint.objects.get().pk)
    expect(one.page.get_by_role("link", name="Télécharger (PDF)")).to_be_visible()
    assert one.look() == []

    visitor = visit()
    visitor.go(week.get_absolute_url())
    # The test's own server hands files over by itself; who gets them, and as what, is tested in tests/programme.
    printed = visitor.page.request.get(visitor.page.get_by_role("link", name="Livret A5").get_attribute("href"))
    assert (printed.status, printed.body()[:5]) == (200, b"%PDF-")
    assert visitor.complaints == []
