"""Announce, register, fill up, wait, be promoted, cancel: real browser, worker and mails; and the month by keyboard."""

import re
from datetime import timedelta
from email.message import EmailMessage

import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Event
from tests.browser.keyboard import Keyboard
from tests.factories import events, network, people
from tests.mailbox import part

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TITLE = "Atelier : lire un budget à plusieurs"


def test_from_an_announcement_to_a_place_given_back(running_site, open_visit, transactional_db):
    mailbox, (_actor, owner) = running_site.mailbox, network.owned_actor(name="Passerelles solidaires")
    first = people.verified(name="Awa Première", email="awa@test.example")
    organiser, early, late = (open_visit(running_site.url, who) for who in (owner, first, None))
    event = _announce(organiser)

    early.go(event.get_absolute_url())
    early.page.locator("main").get_by_role("link", name="S'inscrire").click()
    early.page.click("main form [type=submit]")
    expect(early.page.locator("#messages")).to_contain_text("vous êtes inscrit")
    _holds_the_date(mailbox.wait_for("awa@test.example"), event, "PUBLISH")

    late.go(event.get_absolute_url())
    expect(late.page.locator("main")).to_contain_text("liste d'attente")
    late.page.get_by_role("link", name="Aller en liste d'attente").click()
    late.page.fill("[name=name]", "Bao Ensuite")
    late.page.fill("[name=email]", "bao@test.example")
    late.page.click("main form [type=submit]")
    late.page.goto(_link(mailbox.wait_for("bao@test.example"), "confirmer"))
    late.page.click("main form [type=submit]")
    assert "attente" in mailbox.wait_for("bao@test.example", 2)["Subject"]

    organiser.go(f"/agenda/dates/{event.occurrences.get().pk}/inscriptions/")
    for name in ("Awa Première", "Bao Ensuite"):
        expect(organiser.page.locator("main")).to_contain_text(name)

    early.go("/mes-inscriptions/")
    early.page.get_by_role("link", name="Annuler mon inscription").click()
    early.page.click("main form [type=submit]")
    _holds_the_date(mailbox.wait_for("awa@test.example", 2), event, "CANCEL")

    late.page.goto(_link(mailbox.wait_for("bao@test.example", 3), "place"))
    late.page.get_by_role("button", name="Je prends la place").click()
    confirmed = mailbox.wait_for("bao@test.example", 4)
    _holds_the_date(confirmed, event, "PUBLISH")
    assert list(event.registrations.order_by("pk").values_list("state", flat=True)) == ["cancelled", "registered"]

    late.page.goto(_link(confirmed, "annuler"))
    late.page.get_by_role("button", name="Annuler l'inscription").click()
    _holds_the_date(mailbox.wait_for("bao@test.example", 5), event, "CANCEL")
    assert event.occurrences.get().taken == 0
    assert sorted(set(mailbox.addresses())) == ["awa@test.example", "bao@test.example"]
    assert early.complaints + late.complaints + organiser.complaints == []


def test_the_month_is_read_with_the_keyboard(visit, transactional_db):
    day = timezone.localdate().replace(day=15)
    start = timezone.now().replace(day=15, hour=10, minute=0)
    events.event(network.actor(), title="Au milieu du mois", starts_at=start, ends_at=start + timedelta(hours=1))
    desktop = visit()
    desktop.page.set_viewport_size({"width": 1440, "height": 900})
    desktop.go("/agenda/?vue=mois")
    keys, of_the_day = Keyboard(desktop.page), desktop.page.locator(f"[data-day='{day}']")
    of_the_day.focus()
    for key, wanted in (("ArrowRight", 16), ("ArrowDown", 23), ("ArrowLeft", 22), ("ArrowUp", 15)):
        desktop.page.keyboard.press(key)
        assert _day(keys) == str(day.replace(day=wanted))
    desktop.page.keyboard.press("Home")
    assert _day(keys) == str(day - timedelta(days=day.weekday()))
    desktop.page.keyboard.press("End")
    assert _day(keys) == str(day + timedelta(days=6 - day.weekday()))
    of_the_day.focus()
    assert keys.tab()["says"].endswith("Au milieu du mois")
    of_the_day.focus()
    with desktop.page.expect_navigation():
        desktop.page.keyboard.press("PageDown")
    expect(desktop.page.locator(f"[data-day='{day + timedelta(days=28)}']")).to_have_count(1)
    assert desktop.complaints == []


def _announce(organiser) -> Event:
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    organiser.go("/agenda/nouveau/")
    page = organiser.page
    page.fill("[name=title]", TITLE)
    page.select_option("[name=kind]", "workshop")
    page.fill("[name=first_day]", day)
    page.fill("[name=first_time]", "18:30")
    page.fill("[name=place]", "MJC d'Annemasse")
    page.fill("[name=city]", "Annemasse")
    page.fill("[name=postcode]", "74100")
    page.select_option("[name=booking]", "each")
    page.fill("[name=capacity]", "1")
    page.click("[name=publish]")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return Event.objects.get(title=TITLE)


def _holds_the_date(mail: EmailMessage, event: Event, method: str) -> None:
    """The mail's calendar file is of this event, and says what a calendar must do with it."""
    files = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    assert len(files) == 1
    calendar = icalendar.Calendar.from_ical(files[0].get_content())
    assert (str(calendar["method"]), str(next(iter(calendar.walk("VEVENT")))["uid"])) == (method, event.uid)


def _link(mail: EmailMessage, what: str) -> str:
    found = re.search(rf"http\S+/inscriptions/{what}/\S+?/(?=\s|$)", part(mail, "plain"))
    assert found, part(mail, "plain")
    return found.group()


def _day(keys: Keyboard) -> str | None:
    return keys.page.evaluate("document.activeElement.dataset.day")
