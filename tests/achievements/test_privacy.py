"""What is for one side, or for nobody yet, is read by nobody else: by address, search, list, export or file."""

from html import unescape

import pytest
from django.urls import reverse

from projects.achievements.models import Achievement, Appraisal
from tests.access.crawl import client_of, pages_of, pages_with
from tests.factories import achievements, network, people

pytestmark = pytest.mark.django_db
OURS, THEIRS, STORY = "motsecretnotre", "motsecretleur", "motsecretrecit"


class Told:
    def __init__(self, **fields) -> None:
        (self.town, self.officer), (self.ngo, self.member) = network.owned_actor(), network.owned_actor()
        self.row = achievements.achievement(self.town, self.ngo, done=STORY, **fields)
        achievements.appraisal(self.row, self.town, comment=OURS, by=self.officer)
        achievements.appraisal(self.row, self.ngo, comment=THEIRS, by=self.member)
        self.picture = achievements.picture(achievements.side(self.row, self.town))


@pytest.fixture(params=["draft", "published"])
def told(request) -> Told:
    return Told(state=request.param)


def test_each_side_reads_its_own_grade_and_never_the_others(told):
    for person, mine, others in ((told.officer, OURS, THEIRS), (told.member, THEIRS, OURS)):
        pages = {address: unescape(html) for address, html in pages_of(person).items()}
        assert any(mine in html for html in pages.values())
        assert [address for address, html in pages.items() if others in html] == []


def test_its_export_holds_ones_own_grade_and_not_the_others(told):
    reading = pages_with(told.member, THEIRS)
    assert reverse("my-data-download") in reading
    assert reverse("my-data-download") not in pages_with(told.member, OURS)


def test_no_stranger_reads_a_grade_anywhere(told):
    for person in (None, people.verified(), network.owned_actor()[1]):
        assert pages_with(person, OURS, THEIRS) == set()


def test_animators_read_both_where_they_decide(told, animator):
    client = client_of(animator)
    html = client.get(reverse("admin:achievements_achievement_decide", args=[told.row.pk])).content.decode()
    assert OURS in html
    assert THEIRS in html
    history = client.get(reverse("admin:achievements_achievement_history", args=[told.row.pk])).content.decode()
    assert OURS not in history


def test_the_rule_says_so_too(told, animator):
    assert [one.comment for one in Appraisal.objects.visible_to(told.officer)] == [OURS]
    assert not Appraisal.objects.visible_to(people.verified()).exists()
    assert Appraisal.objects.visible_to(animator).count() == 2


def test_the_desk_of_the_other_side_does_not_tell_that_a_grade_was_given(told):
    with_grade = client_of(told.member).get(told.row.desk_url).content.decode()
    Appraisal.objects.filter(actor=told.town).delete()
    without = client_of(told.member).get(told.row.desk_url).content.decode()
    assert with_grade.count("Note :") == without.count("Note :") == 1
    part = achievements.side(told.row, told.town)
    assert client_of(told.member).get(reverse("contribution-appraisal", args=[part.pk])).status_code == 404


def test_what_is_not_public_stands_on_no_public_page_and_no_search_finds_it():
    told = Told(state="waiting", themes=[6])
    for person in (None, people.verified(), network.owned_actor()[1]):
        client = client_of(person)
        assert pages_with(person, STORY, told.row.title) == set()
        assert list(client.get(reverse("achievement-list"), {"q": STORY}).context["rows"]) == []
        assert client.get(told.row.get_absolute_url()).status_code == 404
        assert client.get(told.picture.url).status_code == 404
        assert told.row.slug not in client.get(reverse("sitemap-part", args=["realisations", 1])).content.decode()
    assert list(client_of(told.officer).get(reverse("achievement-list")).context["rows"]) == [], "lists are public"


@pytest.mark.parametrize("state", ["suspended", "draft", "archived"])
def test_an_actor_that_is_not_approved_hides_it_everywhere(state):
    told = Told(state="published")
    picture, page = told.picture.url, told.row.get_absolute_url()
    assert [client_of(None).get(address).status_code for address in (page, picture)] == [200, 200]
    told.ngo.state = state
    told.ngo.save()
    assert [client_of(None).get(address).status_code for address in (page, picture)] == [404, 404]
    assert pages_with(None, STORY, told.row.title) == set()
    assert list(client_of(None).get(told.town.get_absolute_url()).context["panels"]) == []
    assert client_of(told.officer).get(page).status_code == 200


def test_a_withdrawn_page_is_gone_with_its_pictures_and_says_nothing_of_it():
    told = Told(state="withdrawn")
    Achievement.objects.update(published_at=told.row.created_at)
    answer = client_of(None).get(told.row.get_absolute_url())
    assert answer.status_code == 410
    assert told.row.title not in answer.content.decode()
    assert client_of(None).get(told.picture.url).status_code == 404


def test_a_picture_is_never_kept_by_what_stands_between():
    told = Told(state="published")
    assert "no-cache" in client_of(None).get(told.picture.url)["Cache-Control"]


def test_an_erased_person_leaves_no_quotation_and_the_page_stays(told):
    from actors.privacy.erasure import erase_person

    told.officer.name = "Ysolde Introuvable"
    told.officer.save()
    network.join(people.verified(), told.town)
    for actor in (told.town, told.ngo):
        part = achievements.side(told.row, actor)
        part.quotation, part.quotation_author = "Merci à tous.", "ysolde introuvable"
        part.consent_by = told.officer
        part.save()
    erase_person(person=told.officer, successions=[], acting_user=told.officer)
    assert achievements.side(told.row, told.town).quotation == ""
    assert achievements.side(told.row, told.ngo).quotation == "Merci à tous.", "a namesake elsewhere"
    assert Achievement.objects.get().done == STORY
