"""What people see and do on the pages: the desk, the public page, the list, the panels, the administration."""

import json
import re

import pytest
from django.urls import reverse

from actors.merging import merge
from projects.achievements import derived
from projects.achievements.models import Achievement, Appraisal, Contribution, Picture
from projects.achievements.retention import _old_pictures, _old_quotations
from tests.access.crawl import client_of
from tests.factories import achievements, files, network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return network.owned_actor(name="Ville d'Annemasse", kind="collectivite"), network.owned_actor(name="Eau et Vie")


@pytest.fixture
def row(sides):
    (town, _officer), (ngo, _member) = sides
    return achievements.achievement(town, ngo, title="Un puits à Podor")


def shown(client, address) -> str:
    return client.get(address).content.decode().replace("&#x27;", "'")


# The desk ---------------------------------------------------------------------------------------


def test_from_the_partnership_to_the_animators_queue_by_its_forms(sides, animator):
    (town, officer), (ngo, member) = sides
    partnership = achievements.completed(town, ngo, title="Un puits")
    one, other = client_of(officer), client_of(member)
    desk = reverse("achievement-desk", args=[partnership.pk])
    assert desk in shown(one, partnership.get_absolute_url())
    one.post(desk)
    story = {
        "seen": 1, "title": "Deux puits", "summary": "De l'eau.", "done": "## Avant\n\nRien.", "currency": "EUR",
        "year": 2025, "days_given": "12.5", "kinds": ["skill"], "themes": ["6"], "territories": ["SN"],
    }  # fmt: skip
    assert one.post(reverse("achievement-story", args=[partnership.pk]), story).status_code == 302
    made = Achievement.objects.get()
    part = achievements.side(made, ngo)
    photo = {
        "image": files.upload(files.photo_with_place(), "p.jpg", "image/jpeg"), "alternative": "Un puits",
        "credit": "Awa", "people": "agreed",
    }  # fmt: skip
    assert other.post(reverse("contribution-picture", args=[part.pk]), photo).status_code == 302
    assert (Picture.objects.get().width, Picture.objects.get().height) == (40, 80), "upright"
    for client, actor in ((other, ngo), (one, town)):
        made.refresh_from_db()
        address = reverse("contribution-consent", args=[achievements.side(made, actor).pk])
        client.post(address, {"seen": made.version, "agrees": "yes"})
    made.refresh_from_db()
    assert (made.state, str(made.days_given), made.cover) == ("waiting", "12.5", Picture.objects.get().image.name)
    assert "Réalisations à publier" in shown(client_of(animator), reverse("admin:index"))


@pytest.mark.parametrize("missing", ["alternative", "credit", "people", "image"])
def test_a_picture_says_what_it_shows_whose_it_is_and_who_agreed(row, sides, missing):
    form = {"image": files.upload(files.image()), "alternative": "A", "credit": "B", "people": "nobody"}
    form.pop(missing)
    part = achievements.side(row, sides[0][0])
    answer = client_of(sides[0][1]).post(reverse("contribution-picture", args=[part.pk]), form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [missing]
    assert not Picture.objects.exists()


def test_the_desk_says_whose_consent_has_to_be_given_again(row, sides):
    (town, officer), (_ngo, member) = sides
    for actor, person in sides:
        address = reverse("contribution-consent", args=[achievements.side(row, actor).pk])
        client_of(person).post(address, {"seen": 1, "agrees": "yes"})
    part = reverse("contribution-quotation", args=[achievements.side(row, town).pk])
    client_of(officer).post(part, {"quotation": "Merci.", "quotation_author": "", "quotation_role": ""})
    html = shown(client_of(member), row.desk_url)
    assert "L'accord portait sur la version 1 ; la page a changé depuis." in " ".join(html.split())


def test_an_old_tab_gets_back_what_was_typed_beside_what_stands(row, sides):
    (_town, officer), (_ngo, member) = sides
    address = reverse("achievement-story", args=[row.partnership_id])
    form = {"seen": 1, "summary": "S", "done": "D", "currency": "EUR", "year": 2025}
    client_of(officer).post(address, form | {"title": "Le premier titre"})
    answer = client_of(member).post(address, form | {"title": "Mon titre à moi"})
    html = answer.content.decode()
    assert 'value="Mon titre à moi"' in html
    assert "Le premier titre" in html
    assert 'name="seen" value="2"' in html
    assert Achievement.objects.get().title == "Le premier titre"


# The public page --------------------------------------------------------------------------------


def json_ld(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_the_page_tells_machines_what_it_is_and_nothing_escapes(sides, settings):
    settings.SITE_URL = "https://portail.example"
    (town, _officer), (ngo, _member) = sides
    evil = '</script><script>alert("1")</script>'
    row = achievements.published(town, ngo, title=evil, summary=evil, done=evil, themes=[6], territories=["SN"])
    picture = achievements.picture(achievements.side(row, town), alternative=evil)
    part = achievements.side(row, ngo)
    part.quotation, part.quotation_author = evil, evil
    part.save()
    html = client_of(None).get(row.get_absolute_url()).content.decode()
    facts = json_ld(html)
    assert (facts["@type"], facts["headline"]) == ("Article", evil)
    assert [one["name"] for one in facts["author"]] == [town.name, ngo.name]
    assert facts["image"][0]["contentUrl"] == f"https://portail.example{picture.url}"
    assert '<script>alert("1")' not in html
    assert f'<meta property="og:image" content="https://portail.example{picture.url}">' in html
    assert '<meta property="og:type" content="article">' in html
    assert f'<link rel="canonical" href="https://portail.example{row.get_absolute_url()}">' in html


def test_a_preview_tells_machines_nothing(row, sides):
    html = shown(client_of(sides[0][1]), row.get_absolute_url())
    assert "Aperçu : cette page n'est pas publique" in html
    assert "ld+json" not in html
    assert "og:title" not in html


def test_it_is_linked_from_its_actors_its_project_its_need_and_the_home_page(sides):
    (town, _officer), (ngo, _member) = sides
    need = network.need(network.project(ngo))
    row = achievements.published(partnership=achievements.completed(town, ngo, need=need))
    other = achievements.published(network.actor(), network.actor())
    for page in (town, ngo, need, need.project):
        html = shown(client_of(None), page.get_absolute_url())
        assert row.get_absolute_url() in html
        assert other.get_absolute_url() not in html
    assert row.get_absolute_url() in shown(client_of(None), reverse("home"))
    assert row.get_absolute_url() in shown(client_of(None), reverse("sitemap-part", args=["realisations", 1]))


# The list ---------------------------------------------------------------------------------------


def listed(**asked) -> set:
    return set(client_of(None).get(reverse("achievement-list"), asked).context["rows"])


def test_each_facet_narrows_and_counts(sides):
    (town, _officer), (ngo, _member) = sides
    water = achievements.published(
        town, ngo, title="Un forage", themes=[6], territories=["74"], kinds=["skill"], year=2024
    )
    school = achievements.published(
        ngo, network.actor(kind="company"), title="Une école", themes=[4], territories=["SN"], kinds=["funding"]
    )
    assert listed() == {water, school}
    one_each = [{"theme": 6}, {"territory": "74"}, {"territory": "FR"}, {"kind": "skill"}, {"year": 2024}]
    for asked in [*one_each, {"actor": "collectivite"}, {"q": "forage"}, {"q": "Annemasse"}]:
        assert listed(**asked) == {water}, asked
    assert listed(actor="company") == {school}
    assert listed(theme=6, kind="funding") == set()
    assert listed(q="villages") == {water, school}
    facets = {one.name: one for one in client_of(None).get(reverse("achievement-list")).context["facets"]}
    assert {option.value: option.count for option in facets["actor"].options} == {
        "ngo": 2, "collectivite": 1, "company": 1,
    }  # fmt: skip


def test_orders(sides):
    (town, _officer), (ngo, _member) = sides
    few = achievements.published(town, ngo, people_reached=5)
    many = achievements.published(town, ngo, people_reached=500)
    client = client_of(None)
    assert list(client.get(reverse("achievement-list")).context["rows"]) == [many, few]
    Achievement.objects.filter(pk=many.pk).update(people_reached=1)
    assert list(client.get(reverse("achievement-list"), {"sort": "people"}).context["rows"]) == [few, many]


def test_pages_of_the_list(sides):
    (town, _officer), (ngo, _member) = sides
    for _number in range(25):
        achievements.published(town, ngo)
    client = client_of(None)
    assert len(client.get(reverse("achievement-list")).context["rows"]) == 24
    assert len(client.get(reverse("achievement-list"), {"page": 2}).context["rows"]) == 1
    for nonsense in ("3", "abc", "0"):
        assert client.get(reverse("achievement-list"), {"page": nonsense}).status_code == 404


# What others change -----------------------------------------------------------------------------


def test_the_list_follows_a_renamed_actor(sides, row):
    from actors.services import update_actor

    (town, officer), _other = sides
    town.name = "Annemasse Agglo"
    update_actor(actor=town, acting_user=officer)
    row.refresh_from_db()
    assert row.actor_names == "Annemasse Agglo · Eau et Vie"


def test_the_night_repairs_what_lists_repeat(row):
    Achievement.objects.update(actor_names="Faux", reach=["XX"])
    assert (derived.refresh_all(), derived.refresh_all()) == (1, 0)


def test_when_two_actors_become_one_nothing_of_either_is_lost(sides, animator):
    (town, _officer), (ngo, _member) = sides
    third, both = network.actor(name="Troisième"), people.verified()
    row = achievements.published(town, ngo, third)
    alone = achievements.published(ngo, third)
    for actor, grade in ((town, 5), (ngo, 2)):
        achievements.picture(achievements.side(row, actor))
        achievements.appraisal(row, actor, grade=grade, comment=f"Avis {grade}", by=both)
    part = achievements.side(row, ngo)
    part.quotation = "Ce que nous en retenons."
    part.save()
    merge(kept=town, absorbed=ngo, acting_user=animator, choices={})
    assert {one.actor for one in row.contributions.all()} == {one.actor for one in alone.contributions.all()}
    kept = achievements.side(row, town)
    assert (kept.quotation, kept.pictures.count(), kept.agrees_to(1)) == ("Ce que nous en retenons.", 2, True)
    opinion = Appraisal.objects.get(achievement=row)
    assert (opinion.grade, opinion.comment) == (5, "Avis 5\n\n2/5 Avis 2")
    assert not Contribution.objects.filter(actor=ngo).exists()
    assert set(Achievement.objects.public()) == {row, alone}
    row.refresh_from_db()
    assert row.actor_names == "Ville d'Annemasse · Troisième"


def test_pictures_and_words_of_pages_never_published_go_after_two_years(sides, clock):
    (town, _officer), (ngo, _member) = sides
    made = [achievements.achievement(town, ngo), achievements.published(town, ngo)]
    for row in made:
        part = achievements.side(row, town)
        part.quotation = "Merci."
        part.save()
        achievements.picture(part)
    assert not _old_pictures().exists()
    clock.forward(days=731)
    assert [picture.achievement for picture in _old_pictures()] == [made[0]]
    assert [part.achievement for part in _old_quotations()] == [made[0]]


# The administration -----------------------------------------------------------------------------


def test_an_animator_decides_from_what_was_read(sides, animator):
    (town, _officer), (ngo, _member) = sides
    row = achievements.achievement(town, ngo, state="waiting")
    client, address = client_of(animator), reverse("admin:achievements_achievement_decide", args=[row.pk])
    old = {"to": "published", "seen_state": "waiting", "seen_version": 7}
    assert "Entre-temps" in client.post(address, old).content.decode()
    assert "Dites pourquoi" in shown_after(client, address, {"to": "refused", "seen_version": 1})
    assert client.post(address, old | {"seen_version": 1}).status_code == 302
    assert client_of(None).get(row.get_absolute_url()).status_code == 200


def shown_after(client, address, form) -> str:
    return client.post(address, {"seen_state": "waiting", **form}).content.decode()
