"""Resources from draft to public; the list, the page, counts of downloads."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.merging import merge
from actors.models import Skill
from coexist.common.mail.models import OutgoingEmail
from coexist.pages.models import ContactMessage
from mediatheque import services
from mediatheque.derived import refresh_all
from mediatheque.enums import Problem
from mediatheque.models import DownloadCount, Resource
from mediatheque.players import player_of
from tests.factories import network, resources

pytestmark = pytest.mark.django_db
LIST = "/mediatheque/"


def browser(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def titles(query: str = "", person=None) -> list[str]:
    return [row.title for row in browser(person).get(LIST + query).context["rows"]]


def sent(actor, **fields) -> dict:
    return {
        "publisher": actor.pk, "title": "Mécénat de compétences : par où commencer", "kind": "guide",
        "summary": "Pour une première convention.", "year": 2026, "languages": ["fr"], "licence": "cc-by-sa", **fields,
    }  # fmt: skip


def test_from_a_draft_to_the_list_by_way_of_the_animators(animator):
    actor, owner = network.owned_actor()
    answer = browser(owner).post(reverse("resource-create"), sent(actor))
    made = Resource.objects.get()
    assert answer.url == reverse("resource-files", args=[made.slug])
    assert (made.state, made.created_by) == ("draft", owner)
    assert made.skills.filter(code="mecenat-competences").exists() or made.skills.exists(), "read in the title"
    move, page = reverse("resource-move", args=[made.slug]), made.get_absolute_url()
    assert "Ajoutez un fichier ou un lien" in browser(owner).post(move, {"to": "waiting"}, follow=True).content.decode()
    resources.file(made)
    browser(owner).post(move, {"to": "waiting"})
    made.refresh_from_db()
    assert (made.state, made.submitted_by) == ("waiting", owner)
    assert titles() == []
    assert browser().get(page).status_code == 404
    assert "Ressources à publier" in browser(animator).get("/admin/").content.decode()
    decide = reverse("admin:mediatheque_resource_decide", args=[made.pk])
    seen = browser(animator).get(decide).context["form"]["seen"].value()
    browser(animator).post(decide, {"seen": seen, "to": "draft", "why": "Citez vos sources."})
    made.refresh_from_db()
    assert (made.state, made.why) == ("draft", "Citez vos sources.")
    assert "Citez vos sources." in browser(owner).get(page).content.decode()
    browser(owner).post(move, {"to": "waiting"})
    seen = browser(animator).get(decide).context["form"]["seen"].value()
    browser(animator).post(decide, {"seen": seen, "to": "published"})
    assert titles() == [made.title]
    told = OutgoingEmail.objects.filter(kind_code="resource_decided", recipient=owner).order_by("pk")
    assert ["corrections" in mail.subject for mail in told] == [True, False]


def test_nothing_is_decided_from_a_page_that_is_out_of_date(animator):
    made = resources.resource(network.actor(), state="waiting", link="https://exemple.example/")
    seen = made.updated_at
    resources.file(made)
    with pytest.raises(services.ResourceError, match="a changé"):
        services.decide(resource=made, to="published", why="", seen=seen, acting_user=animator)
    made.refresh_from_db()
    assert made.state == "waiting"


def test_a_file_that_nobody_can_open_is_not_published():
    actor, owner = network.owned_actor()
    made = resources.resource(actor, state="draft")
    file = resources.file(made)
    file.problem = Problem.ENCRYPTED
    file.save()
    with pytest.raises(services.ResourceError, match="ne peut pas être ouvert"):
        services.move(resource=made, to="waiting", acting_user=owner)


def test_an_actor_that_is_not_approved_sends_nothing():
    actor, owner = network.owned_actor(state="waiting")
    made = resources.resource(actor, state="draft", link="https://exemple.example/")
    with pytest.raises(services.ResourceError, match="doit être validé"):
        services.move(resource=made, to="waiting", acting_user=owner)


@pytest.mark.parametrize("state", ["suspended", "archived"])
def test_nothing_new_is_written_in_the_name_of_an_actor_that_is_silent(state):
    actor, owner = network.owned_actor(state=state)
    page = browser(owner)
    assert page.get(reverse("resource-create")).status_code == 302
    assert not page.get(reverse("resource-own")).context["can_write"]

    other = network.actor()
    network.join(owner, other, "editor")
    answer = page.post(reverse("resource-create"), sent(actor))
    assert answer.status_code == 200
    assert "publisher" in answer.context["form"].errors
    assert not Resource.objects.exists()


def test_an_archived_resource_leaves_the_list_and_its_files_are_served_to_its_people_only():
    actor, owner = network.owned_actor()
    made = resources.resource(actor)
    file = resources.file(made)
    assert browser().get(file.url).status_code == 200
    browser(owner).post(reverse("resource-move", args=[made.slug]), {"to": "archived"})
    assert titles() == []
    assert browser().get(file.url).status_code == 404
    assert browser().post(file.download_url).status_code == 404
    assert browser(owner).get(file.url).status_code == 200


def test_a_change_of_a_public_resource_shows_and_is_read_again(animator):
    actor, owner = network.owned_actor()
    made = resources.resource(actor)
    resources.file(made)
    Resource.objects.update(changed_at=None)
    browser(owner).post(reverse("resource-edit", args=[made.slug]), sent(actor, title="Titre corrigé"))
    made.refresh_from_db()
    assert (made.title, made.state) == ("Titre corrigé", "published")
    assert made.changed_at
    services.decide(resource=made, to="published", why="", seen=made.updated_at, acting_user=animator)
    made.refresh_from_db()
    assert made.changed_at is None


def test_a_form_that_was_open_does_not_take_back_what_was_decided_meanwhile(animator):
    made = resources.resource(network.actor(), state="waiting", link="https://a.example/")
    opened = Resource.objects.get(pk=made.pk)
    services.decide(resource=made, to="published", why="", seen=made.updated_at, acting_user=animator)
    opened.title = "Corrigé entre-temps"
    services.save_resource(resource=opened, skills=(), acting_user=None)
    made.refresh_from_db()
    assert (made.state, made.title) == ("published", "Corrigé entre-temps")
    assert made.changed_at, "the animators read it again"


def test_facets_narrow_and_count():
    actor = network.actor()
    skill = Skill.objects.exclude(parent=None).first()
    resources.resource(
        actor, title="Un", themes=[6], territories=["74"], licence="cc-by", year=2021, skills=[skill], kind="study",
        languages=["fr", "en"], link="https://a.example/",
    )  # fmt: skip
    other = resources.resource(actor, title="Deux", themes=[4], territories=["SN"], year=2024, languages=["es"])
    resources.file(other)
    for query in ("kind=study", "theme=6", "territory=FR-ARA", "language=en", "licence=cc-by", "year=2021",
                  "format=link", f"skill={skill.code}", f"skill={skill.parent.code}", "q=un&language=fr"):  # fmt: skip
        assert titles(f"?{query}") == ["Un"], query
    assert titles("?format=pdf") == ["Deux"]
    assert titles("?theme=6&format=pdf") == []
    assert titles("?sort=title") == ["Deux", "Un"]
    assert titles("?sort=year") == ["Deux", "Un"]


def test_downloads_are_counted_by_day_without_a_word_about_people():
    made = resources.resource(network.actor())
    file = resources.file(made)
    client = Client(enforce_csrf_checks=True)
    for _time in range(3):
        answer = client.post(file.download_url)
        assert (answer.status_code, answer.url) == (302, file.url)
    client.get(file.url)
    count = DownloadCount.objects.get()
    assert (count.number, count.day) == (3, timezone.localdate())
    assert {field.name for field in DownloadCount._meta.fields} == {"id", "resource", "day", "number"}
    assert not client.cookies, "visitors get no cookie for it"
    draft = resources.resource(network.actor(), state="draft")
    assert client.post(resources.file(draft).download_url).status_code == 404
    assert DownloadCount.objects.count() == 1


@pytest.mark.parametrize(
    ("link", "source"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12345&t=3", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://youtu.be/abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://tube.exemple.org/w/abcDEF12345", "https://tube.exemple.org/videos/embed/abcDEF12345?p2p=0"),
        ("https://tube.exemple.org/rapport.pdf", None),
        ("http://youtu.be/abcDEF12345", None),
        ("https://www.youtube.com/watch?v=a'><script>", None),
        ("https://tube.exemple.org:8443/w/abcDEF12345", None),
        ("https://localhost/w/abcDEF12345", None),
    ],
)
def test_which_links_are_videos(link, source):
    found = player_of(link)
    assert (found.source if found else None) == source


def test_a_video_elsewhere_is_a_still_and_its_host_is_let_in_on_this_page_alone():
    made = resources.resource(network.actor(), kind="video", link="https://youtu.be/abcDEF12345")
    answer = browser().get(made.get_absolute_url())
    page = answer.content.decode()
    assert "<iframe" not in page
    assert not re.search(r'(src|srcset|poster)="https?://', page)
    assert "frame-src 'self' https://www.youtube-nocookie.com;" in answer["Content-Security-Policy"] + ";"
    plain = resources.resource(network.actor(), link="https://exemple.example/rapport")
    assert "youtube" not in browser().get(plain.get_absolute_url())["Content-Security-Policy"]
    assert "youtube" not in browser().get(LIST)["Content-Security-Policy"]


def test_machines_read_what_it_is_under_which_licence():
    made = resources.resource(network.actor(), kind="report", licence="cc-by", authors="Awa Diop, GRDR")
    file = resources.file(made)
    page = browser().get(made.get_absolute_url()).content.decode()
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert facts["@type"] == "Report"
    assert facts["license"] == "https://creativecommons.org/licenses/by/4.0/deed.fr"
    assert [one["name"] for one in facts["author"]] == ["Awa Diop", "GRDR"]
    assert facts["encoding"][0]["contentUrl"].endswith(file.url)


def test_an_error_is_told_through_the_contact_form():
    made = resources.resource(network.actor())
    page = browser().get(made.get_absolute_url()).content.decode()
    link = re.search(r'href="([^"]*\?page=[^"]*)"', page)[1]
    form = browser().get(link).content.decode()
    assert made.get_absolute_url() in form
    assert "Une erreur à signaler" in form
    assert "javascript" not in browser().get(reverse("contact-us") + "?page=javascript:alert(1)").content.decode()
    assert ContactMessage.objects.count() == 0


def test_two_actors_that_become_one_publish_together(animator):
    kept, absorbed = network.actor(), network.actor()
    made = resources.resource(absorbed)
    merge(kept=kept, absorbed=absorbed, choices={}, acting_user=animator)
    made.refresh_from_db()
    assert made.publisher == kept


def test_what_rows_repeat_is_repaired():
    made = resources.resource(network.actor(), territories=["74"], link="https://a.example/")
    Resource.objects.update(reach=[], formats=[], skill_keys=[1])
    assert refresh_all() == 1
    assert refresh_all() == 0
    made.refresh_from_db()
    assert (made.reach, made.formats) == (["74", "FR", "FR-ARA"], ["link"])


def test_a_site_whose_files_are_on_s3_starts_with_a_setting(settings):
    from django.core.files.storage import storages

    options = {"bucket_name": "coexist", "region_name": "eu-west-3", "access_key": "a", "secret_key": "b"}
    settings.STORAGES = {
        **settings.STORAGES, "s3": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }  # fmt: skip
    assert storages["s3"].bucket_name == "coexist"
    call_command("check", verbosity=0)
