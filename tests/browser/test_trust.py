"""What visitors and members can do to trust us, in a real browser: write, leave, and find no tracker."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from actors.enums import ActorState
from actors.models import User
from coexist.common.cookies import COOKIES
from coexist.common.mail.models import OutgoingEmail
from coexist.pages import forms
from coexist.pages.models import ContactMessage
from tests.factories import people

pytestmark = pytest.mark.browser


def _log_in(one, email: str) -> None:
    one.go("/compte/login/")
    one.page.fill("[name=login]", email)
    one.page.fill("[name=password]", people.PASSWORD)
    one.page.click("main form [type=submit]")
    one.page.wait_for_url("**/tableau-de-bord/")


def test_from_log_in_to_an_erased_account(visit, world):
    one, owner = visit(), world.ngo_owner
    _log_in(one, owner.email)
    one.go("/preferences/")
    one.page.get_by_role("link", name="Mes données : lire").click()
    expect(one.page.locator("main")).to_contain_text(owner.email)
    with one.page.expect_download() as download:
        one.page.get_by_role("link", name="Télécharger mes données").click()
    with ZipFile(BytesIO(download.value.path().read_bytes())) as file:
        assert file.namelist() == ["mes-donnees.json", "mes-donnees.html"]
    one.page.get_by_role("link", name="Effacer mon compte").click()
    one.page.fill("[name=password]", "pas le bon mot")
    one.page.get_by_role("button", name="Effacer définitivement").click()
    expect(one.page.locator("main [role=alert]")).to_contain_text("Rien n'est perdu")
    assert one.look() == []
    one.page.get_by_label("L'archiver").check()
    one.page.fill("[name=password]", people.PASSWORD)
    one.page.get_by_role("button", name="Effacer définitivement").click()
    expect(one.page.locator("#messages")).to_contain_text("Votre compte est effacé")
    one.go("/preferences/", elsewhere=True)
    expect(one.page.locator("[name=login]")).to_be_visible()
    one.page.fill("[name=login]", owner.email)
    one.page.fill("[name=password]", people.PASSWORD)
    one.page.click("main form [type=submit]")
    expect(
        one.page.locator("main [role=alert], main .alert, main .errorlist, main .invalid-feedback").first
    ).to_be_visible()
    world.ngo.refresh_from_db()
    assert world.ngo.state == ActorState.ARCHIVED
    assert User.objects.get(pk=owner.pk).erased_at is not None
    assert OutgoingEmail.objects.get(address=owner.email).kind_code == "account_erased"


def test_a_visitor_writes_to_the_animators(visit, world, monkeypatch):
    one = visit()
    one.go("/contact/")
    one.page.fill("[name=name]", "Alix Visite")
    one.page.fill("[name=email]", "alix@test.example")
    one.page.fill("[name=subject]", "Rejoindre le réseau")
    one.page.fill("[name=body]", "Bonjour, comment faire ?")
    one.page.click("main form [type=submit]")
    # Quicker than people write: asked to look once more, with everything still there.
    expect(one.page.locator("main [role=alert]")).to_contain_text("trop vite")
    expect(one.page.locator("[name=body]")).to_have_value("Bonjour, comment faire ?")
    monkeypatch.setattr(forms, "QUICKEST", timedelta(0))
    one.page.click("main form [type=submit]")
    expect(one.page.get_by_role("heading", level=1)).to_have_text("Message envoyé")
    assert ContactMessage.objects.get().email == "alix@test.example"
    animator = visit(world.animator)
    animator.go("/admin/pages/contactmessage/")
    animator.page.get_by_role("link", name="Rejoindre le réseau").click()
    animator.page.get_by_role("link", name="Lire l'échange").click()
    assert animator.look(within=".decide") == []
    animator.page.fill("[name=body]", "Bienvenue, inscrivez-vous.")
    animator.page.get_by_role("button", name="Envoyer la réponse").click()
    expect(animator.page.locator(".messagelist")).to_contain_text("alix@test.example")
    assert OutgoingEmail.objects.filter(kind_code="contact_reply", address="alix@test.example").exists()
    assert one.complaints + animator.complaints == []


def test_no_cookie_but_those_listed_no_tracker_and_nothing_left_in_the_browser(visit, world):
    one = visit()
    asked = []
    one.page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/acteurs/?q=eau", "/besoins/", "/informations/confidentialite/", "/contact/"):
        one.go(path)
    _log_in(one, world.company_owner.email)
    one.go("/preferences/")
    one.page.click("main form[method=post] [type=submit]")
    expect(one.page.locator("#messages")).to_contain_text("gardées")
    found = {cookie["name"] for cookie in one.context.cookies()}
    assert found <= {cookie.name for cookie in COOKIES}
    assert {"sessionid", "csrftoken"} <= found
    home = "/".join(one.page.url.split("/")[:3]) + "/"
    assert [url for url in asked if not url.startswith((home, "data:"))] == []
    assert one.page.evaluate("Object.keys(localStorage)") == []
