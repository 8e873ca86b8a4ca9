"""Keeping a search, finding it again, and stopping its alerts from a mail."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from actors.models import Skill
from coexist.common.mail.delivery import compose
from coexist.common.mail.unsubscribe import unsubscribe_url
from projects.search.mails import stop_link
from projects.search.models import SavedSearch
from projects.search.services import MOST
from tests.access.crawl import client_of
from tests.factories import people
from tests.search.keeping import alerts, kept, later, new_actor

pytestmark = pytest.mark.django_db

LIST, CREATE = reverse("saved-search-list"), reverse("saved-search-create")
NAMED = {"name": "À relire", "rhythm": "weekly"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person():
    return people.verified()


@pytest.fixture
def own(person):
    return client_of(person)


def only() -> SavedSearch:
    return SavedSearch.objects.get()


@pytest.mark.parametrize(
    ("page", "asked", "place", "query"),
    [
        ("search", "q=relire+nos++statuts&mode=loan&page=2", "everything", "q=relire+nos+statuts&mode=loan"),
        ("actor-list", "kind=ngo&offer=skill&vue=carte&sort=name", "actors", "kind=ngo&offer=skill"),
        ("need-list", "theme=6&theme=4&theme=6&sort=ending&x=1", "needs", "theme=4&theme=6"),
        ("search", "kind=skill", "everything", "kind=skill"),
    ],
)
def test_the_search_on_the_page_is_kept_under_a_name(own, page, asked, place, query):
    shown = own.get(f"{reverse(page)}?{asked}").content.decode()
    link = shown.split(f'href="{CREATE}?')[1].split('"')[0].replace("&amp;", "&")
    assert own.get(f"{CREATE}?{link}").status_code == 200
    assert own.post(f"{CREATE}?{link}", NAMED).url == LIST
    search = only()
    assert (search.place, search.query, search.name, search.rhythm) == (place, query, "À relire", "weekly")
    assert search.get_absolute_url() == f"{reverse(page)}?{query}"
    assert "À relire" in own.get(LIST).content.decode()


def test_who_is_not_logged_in_comes_back_to_it(client):
    answer = client.get(f"{CREATE}?place=needs&q=puits")
    assert answer.status_code == 302
    assert "place%3Dneeds%26q%3Dpuits" in answer.url


def test_a_double_click_keeps_one(own):
    for _click in range(2):
        own.post(f"{CREATE}?q=puits", NAMED)
    assert only().name == "À relire"


def test_the_page_says_in_words_what_is_searched_for(own):
    skill = Skill.objects.exclude(parent=None).first()
    page = own.get(f"{CREATE}?q=puits&skill={skill.code}&territory=SN").content.decode()
    assert "« puits »" in page
    assert f">{skill.name_fr}<" in page
    assert ">Sénégal<" in page


def test_thirty_are_enough(own, person):
    for number in range(MOST):
        kept(person, f"q=puits+{number}")
    answer = own.post(f"{CREATE}?q=encore", NAMED)
    assert answer.status_code == 200
    assert f"{MOST} recherches" in answer.content.decode()
    assert SavedSearch.objects.count() == MOST
    assert own.post(f"{CREATE}?q=puits+1", NAMED).status_code == 302  # kept already: renamed


@pytest.mark.parametrize("asked", ["mode=vol", "skill=jamais-vu", "place=actors&kind=club", "q=" + "a" * 300])
def test_what_cannot_be_read_is_not_kept(own, asked):
    assert own.post(f"{CREATE}?{asked}", NAMED).status_code == 302
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "asked", ["place=ailleurs&q=puits", "q=%F0%9F%8E%AA", "q='; DROP TABLE search_savedsearch;--", "q=" + "é " * 100]
)
def test_hostile_addresses_are_kept_as_text(own, asked):
    assert own.post(f"{CREATE}?{asked}", NAMED).status_code == 302
    assert own.get(only().get_absolute_url()).status_code == 200
    assert own.get(LIST).status_code == 200


@pytest.mark.parametrize("wrong", [{"name": ""}, {"rhythm": "hourly"}, {"name": "a" * 81}, {"name": "a\x00b"}])
def test_what_is_wrong_is_said(own, wrong):
    answer = own.post(f"{CREATE}?q=puits", NAMED | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not SavedSearch.objects.exists()


def test_html_in_a_name_is_shown_as_text(own):
    own.post(f"{CREATE}?q=%3Cb%3Epuits", NAMED | {"name": "<script>alert(1)</script>"})
    for address in (LIST, reverse("saved-search-edit", args=[only().pk])):
        shown = own.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<b>puits" not in shown


def test_it_is_renamed_told_at_another_rhythm_and_deleted(own, person):
    search = kept(person)
    edit, delete = (reverse(f"saved-search-{what}", args=[search.pk]) for what in ("edit", "delete"))
    assert own.post(edit, {"name": "Autre", "rhythm": "never"}).url == LIST
    search.refresh_from_db()
    assert (search.name, search.rhythm, search.due_at) == ("Autre", "never", None)
    own.post(edit, {"name": "Autre", "rhythm": "daily"})
    assert only().due_at is not None
    assert own.get(delete).status_code == 200
    assert SavedSearch.objects.exists()
    own.post(delete)
    assert not SavedSearch.objects.exists()


def test_those_of_others_do_not_exist(person):
    search = kept(person)
    for other in (people.verified(), people.animator(), people.superuser()):
        client = client_of(other)
        for what in ("edit", "delete"):
            address = reverse(f"saved-search-{what}", args=[search.pk])
            assert [client.get(address).status_code, client.post(address, NAMED).status_code] == [404, 404]
        assert "Des puits" not in client.get(LIST).content.decode()
    assert only().name == "Des puits"


# Stopping from the mail -------------------------------------------------------------------------


@pytest.fixture
def provider():
    """A mail provider: no cookie, no session, no token."""
    return Client(enforce_csrf_checks=True)


def test_the_mail_carries_the_stop_of_its_own_search(person, clock, provider):
    search, other = kept(person), kept(person, "q=chant")
    clock.forward(minutes=1)
    new_actor(clock)
    later(clock, hours=1)
    (mail,) = alerts(person)
    message = compose(mail)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in mail.body_text
    assert address in mail.body_html
    assert address != unsubscribe_url(mail)
    answer = provider.post(address, ONE_CLICK)
    assert (answer.status_code, bool(answer.cookies)) == (200, False)
    search.refresh_from_db()
    other.refresh_from_db()
    assert (search.rhythm, other.rhythm) == ("never", "immediate")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_stops_nothing(person, provider, method):
    search = kept(person)
    answer = getattr(provider, method)(stop_link(search.pk))
    assert answer.status_code == 200
    search.refresh_from_db()
    assert search.rhythm == "immediate"


def test_the_page_asks_with_one_button_and_twice_is_once(person, provider):
    search = kept(person)
    assert provider.get(stop_link(search.pk)).content.decode().partition("<main")[2].count("<button") == 1
    for _click in range(2):
        assert ">C'est fait<" in provider.post(stop_link(search.pk)).content.decode()


def test_of_a_deleted_search_it_says_so(person, provider):
    search = kept(person)
    address = stop_link(search.pk)
    search.delete()
    for answer in (provider.get(address), provider.post(address, ONE_CLICK)):
        assert answer.status_code == 200
        assert "plus" in answer.content.decode()


def test_a_forged_link_stops_nothing(person, provider):
    search = kept(person)
    forged = reverse("saved-search-stop", args=[signing.Signer(salt="another").sign(str(search.pk))])
    assert [provider.get(forged).status_code, provider.post(forged).status_code] == [404, 404]
    search.refresh_from_db()
    assert search.rhythm == "immediate"
