"""Sending a file and watching a video, with scripts and without, with the mouse and with the keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from mediatheque.models import Resource
from tests.factories import network, resources

pytestmark = pytest.mark.browser
# After upload.js, which hears the same event before.
TELL_PROGRESS = """() => document.addEventListener("htmx:xhr:progress", () => tell({
  hidden: document.querySelector(".upload-progress").hidden, value: document.querySelector("progress").value}))"""
LINK = "https://www.youtube.com/watch?v=abcDEF12345"


@pytest.fixture
def ours(transactional_db):
    return network.owned_actor()


def sent(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_resource_is_described_gets_its_file_and_is_sent(visit, ours, scripts):
    _actor, owner = ours
    page = visit(owner, java_script_enabled=scripts).page
    page.goto("/mediatheque/")
    page.get_by_role("link", name="Proposer une ressource").click()
    page.fill("[name=title]", "Guide du pro bono")
    page.select_option("[name=kind]", "guide")
    page.fill("[name=summary]", "Une journée, une mission.")
    page.get_by_role("button", name="Continuer vers les fichiers").click()
    page.set_input_files("[name=file]", sent("rapport.pdf", b"MZ" + bytes(200)))
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("n'est pas accepté")
    page.set_input_files("[name=file]", sent("rapport.pdf", resources.pdf("Le texte du rapport")))
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page.get_by_role("link", name="rapport.pdf", exact=True)).to_be_visible()
    expect(page.get_by_text("en attente de lecture")).to_be_visible()
    page.get_by_role("button", name="Envoyer à l'équipe d'animation").click()
    expect(page.get_by_text("attend l'équipe d'animation")).to_be_visible()
    made = Resource.objects.get()
    assert (made.state, made.files.count()) == ("waiting", 1)


def test_how_far_a_file_is_shows_while_it_is_sent(visit, ours):
    actor, owner = ours
    made = resources.resource(actor, state="draft")
    page = visit(owner).page
    page.goto(f"/mediatheque/{made.slug}/fichiers/")
    expect(page.locator("progress")).to_be_hidden()
    seen: list[dict] = []
    page.expose_function("tell", lambda said: seen.append(said))
    page.evaluate(TELL_PROGRESS)
    page.set_input_files("[name=file]", sent("film.mp4", resources.mp4() + resources.box(b"free", bytes(4_000_000))))
    page.get_by_role("button", name="Envoyer le fichier").click()
    expect(page.get_by_role("link", name="film.mp4", exact=True)).to_be_visible()
    assert seen
    assert seen[-1] == {"hidden": False, "value": 100}


def test_a_video_elsewhere_is_asked_for_by_a_click_of_the_keyboard_and_not_before(visit, ours):
    made = resources.resource(ours[0], kind="video", link=LINK)
    page = visit().page
    asked = []
    page.context.route(re.compile("^https:"), lambda route: route.abort())
    page.on(
        "request", lambda request: asked.append(urlsplit(request.url).netloc) if request.url[:6] == "https:" else None
    )
    page.goto(made.get_absolute_url())
    button = page.get_by_role("button", name="Lire la vidéo")
    expect(button).to_be_visible()
    assert asked == []
    button.focus()
    page.keyboard.press("Enter")
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", "https://www.youtube-nocookie.com/embed/abcDEF12345")
    expect(frame).to_have_attribute("title", made.title)
    expect(frame).to_be_focused()
    page.wait_for_timeout(1000)
    assert set(asked) == {"www.youtube-nocookie.com"}


def test_without_scripts_the_video_is_a_link_and_a_file_is_downloaded(visit, ours):
    made = resources.resource(ours[0], kind="video", link=LINK)
    resources.file(made, label="Le livret")
    page = visit(java_script_enabled=False).page
    page.goto(made.get_absolute_url())
    expect(page.get_by_role("link", name="Voir la vidéo")).to_have_attribute("href", LINK)
    with page.expect_response(re.compile("/fichiers/mediatheque/")) as answer:
        page.get_by_role("button", name="Télécharger Le livret").click()
    assert answer.value.status == 200
    assert made.downloads.get().number == 1


def test_our_own_video_plays_through_the_policy(visit, ours):
    made = resources.resource(ours[0], kind="video")
    video = resources.file(made, resources.mp4(), "film.mp4")
    resources.file(made, resources.VTT, "a.vtt", video=video, language="fr")
    seen = visit()
    seen.go(made.get_absolute_url())
    seen.page.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
    seen.page.wait_for_function("document.querySelector('track').readyState === 2")
    assert seen.page.evaluate("document.querySelector('video').textTracks[0].cues[0].text") == "Bonjour à tous"
    assert [said for said in seen.look() if "CSP" in said] == []
