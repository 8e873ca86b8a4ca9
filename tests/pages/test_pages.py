"""Legal pages say who answers for the portal, keep what they said before, and do no harm."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from actors.enums import ActorState
from coexist.common import retention
from coexist.common.cookies import COOKIES
from coexist.common.legal import FACTS
from coexist.pages.models import Page, PageVersion, Partner
from coexist.pages.rendering import BLOCKS, known_words
from projects.enums import NeedState, ProjectState
from tests.access.crawl import client_of
from tests.factories import network, people

pytestmark = pytest.mark.django_db
SLUGS = ["mentions-legales", "confidentialite", "conditions", "accessibilite"]


def read(slug: str) -> str:
    return client_of(None).get(reverse("page", args=[slug])).content.decode()


def test_every_legal_page_is_there_and_the_footer_leads_to_it():
    home = client_of(None).get("/").content.decode()
    for slug in SLUGS:
        assert reverse("page", args=[slug]) in home
        assert "mise à jour le" in read(slug)


def test_what_the_operator_says_is_shown_and_what_is_missing_is_said(settings):
    settings.LEGAL = {**settings.LEGAL, "LEGAL_PUBLISHER": "La Cité <b>& Cie</b>", "LEGAL_HOST": ""}
    page = read("mentions-legales")
    assert "La Cité &lt;b&gt;&amp; Cie&lt;/b&gt;" in page
    assert "[à compléter : nom, adresse et téléphone de l" in page


def test_every_word_of_the_texts_is_one_that_is_replaced():
    for slug in SLUGS:
        assert "{{" not in read(slug)
    assert {word for word, _label in known_words()} == {fact.word for fact in FACTS} | set(BLOCKS)


def test_the_privacy_page_shows_the_tables_of_the_software():
    page = read("confidentialite")
    for cookie in COOKIES:
        assert f"<code>{cookie.name}</code>" in page
    for rule in retention.rules():
        assert rule.why.replace("'", "&#x27;") in page


def test_a_text_holds_no_script():
    Page.objects.filter(slug="conditions").update(
        body='<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">'
    )
    body = read("conditions").partition('class="prose legal"')[2].partition("</main>")[0]
    assert "<script" not in body
    assert "<img" not in body
    assert 'href="javascript' not in body


def test_a_change_keeps_what_was_said_and_no_change_keeps_nothing(animator):
    page = Page.objects.get(slug="conditions")
    client, address = client_of(animator), reverse("admin:pages_page_change", args=[page.pk])
    form = {"title": page.title, "slug": page.slug, "position": 2, "body": page.body}
    client.post(address, form)
    client.post(address, form | {"body": "Un autre texte."})
    page.refresh_from_db()
    assert (page.version, page.body) == (2, "Un autre texte.")
    old = PageVersion.objects.get()
    assert (old.number, old.by) == (1, animator)
    assert reverse("page-version", args=[page.slug, 1]) in read("conditions")
    assert "Ancien texte" in client_of(None).get(reverse("page-version", args=[page.slug, 1])).content.decode()


@pytest.mark.parametrize("path", ["/informations/x/", "/informations/conditions/versions/999999/",
                                  "/informations/conditions/versions/99999999999999999999/"])  # fmt: skip
def test_an_unknown_page_is_a_clean_404(path):
    assert client_of(None).get(path).status_code == 404


def test_only_shown_partners_are_shown():
    Partner.objects.create(name="Ville ouverte", position=2)
    Partner.objects.create(name="Ville discrète", is_shown=False)
    page = client_of(None).get(reverse("partners")).content.decode()
    assert "Ville ouverte" in page
    assert "Ville discrète" not in page


def test_a_partners_logo_is_an_image_and_no_drawing_with_script(animator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name in ("logo.svg", "logo.png"):
        form = {"name": "Ville", "position": 0, "logo": SimpleUploadedFile(name, svg, "image/png")}
        answer = client_of(animator).post(reverse("admin:pages_partner_add"), form)
        assert answer.status_code == 200
    assert not Partner.objects.exists()


def test_the_deployment_check_names_what_is_missing(settings, capsys):
    settings.LEGAL = {**dict.fromkeys(settings.LEGAL, "dit"), "LEGAL_DPO": ""}
    call_command("check", "--deploy", "--tag", "compatibility")
    said = capsys.readouterr()
    assert "LEGAL_DPO" in said.out + said.err
    assert "LEGAL_HOST" not in said.out + said.err


# For machines ---------------------------------------------------------------------------------


def sitemap(name: str, number: int = 1) -> str:
    return client_of(None).get(reverse("sitemap-part", args=[name, number])).content.decode()


def test_the_sitemap_holds_what_everybody_sees_and_nothing_else(settings):
    settings.SITE_URL = "https://portail.example"
    public = network.actor()
    hidden = [network.actor(state=state) for state in ActorState.values if state != "approved"]
    project, draft = network.project(public), network.project(public, state=ProjectState.DRAFT)
    need, secret = network.need(project), network.need(project, state=NeedState.DRAFT)
    orphan = network.need(network.project(hidden[0]))
    assert f"<loc>https://portail.example{public.get_absolute_url()}</loc>" in sitemap("acteurs")
    assert all(actor.get_absolute_url() not in sitemap("acteurs") for actor in hidden)
    assert project.get_absolute_url() in sitemap("projets")
    assert draft.get_absolute_url() not in sitemap("projets")
    assert need.get_absolute_url() in sitemap("besoins")
    for unseen in (secret, orphan):
        assert unseen.get_absolute_url() not in sitemap("besoins")


def test_it_is_the_same_for_those_who_see_more():
    network.actor(state="draft")
    address = reverse("sitemap-part", args=["acteurs", 1])
    assert client_of(people.superuser()).get(address).content == client_of(None).get(address).content


def test_it_comes_in_parts(monkeypatch):
    monkeypatch.setattr("coexist.pages.sitemap.ON_ONE_PAGE", 2)
    actors = [network.actor() for _number in range(3)]
    index = client_of(None).get(reverse("sitemap")).content.decode()
    assert "sitemap-acteurs-2.xml" in index
    assert "sitemap-acteurs-3.xml" not in index
    assert [actor.get_absolute_url() in sitemap("acteurs", 2) for actor in actors] == [False, False, True]
    assert client_of(None).get(reverse("sitemap-part", args=["acteurs", 3])).status_code == 404
    assert client_of(None).get(reverse("sitemap-part", args=["secrets", 1])).status_code == 404


def test_addresses_for_machines_ignore_the_name_that_the_visitor_sends(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portail.example", ["*"]
    client = client_of(None)
    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-pages-1.xml"):
        told = client.get(path, headers={"host": "mechant.example"}).content.decode()
        assert "mechant" not in told
        assert "https://portail.example" in told


@pytest.mark.parametrize("name", ["actor-list", "need-list", "project-list"])
def test_searches_without_end_get_a_sentence(settings, monkeypatch, name):
    from coexist.common import lists
    from coexist.common.limits import Limit

    settings.RATE_LIMITED = True
    monkeypatch.setattr(lists, "SEARCHES", Limit("few", per_account=3, per_address=2))
    client = client_of(None)
    assert [client.get(reverse(name), {"q": "eau"}).status_code for _try in range(3)] == [200, 200, 429]
    assert client.get(reverse(name)).status_code == 200, "lists without a search stay open"
    fragment = client.get(reverse(name), {"q": "eau"}, headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"].startswith(reverse(name)), "the page says it, a fragment could not"
