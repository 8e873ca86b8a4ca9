"""The page of everything: sections, types with their counts, pages of one type, and what it never shows."""

from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from coexist.common import lists
from coexist.common.finding import views
from coexist.common.finding.views import SHOWN, SUGGESTED
from coexist.common.finding.ways import MOST
from coexist.common.lists import SEARCHES
from tests.access.crawl import client_of
from tests.factories import network, people
from tests.finding.everything import CODES, one_of_each

pytestmark = pytest.mark.django_db

PAGE, SUGGEST = reverse("find"), reverse("find-suggestions")
MOST_QUERIES = 12


def many(number: int, name: str = "Puits") -> None:
    Actor.objects.bulk_create(
        Actor(name=f"{name} {place}", slug=f"{name.lower()}-{place}", kind="ngo", state="approved")
        for place in range(number)
    )


def shown(answer) -> str:
    return unescape(answer.content.decode()).rpartition("</header>")[2]


def test_each_type_has_a_section_that_leads_on(client):
    one_of_each("Pompe solaire")
    many(SHOWN + 3, "Pompe")
    page = client.get(PAGE, {"q": "pompe solaire"})
    assert {group.findable.code for group, _lines in page.context["sections"]} == set(CODES)
    links = page.content.decode()
    for name in ("actor-list", "need-list", "project-list", "achievement-list", "agenda", "resource-list", "search"):
        assert f"{reverse(name)}?q=pompe" in links
    assert "<mark>Pompe</mark> <mark>solaire</mark> (besoin)" in links
    # Every address that the page leads to exists, and has found the same.
    page = client.get(PAGE, {"q": "pompe"})
    assert {group.findable.code: len(lines) for group, lines in page.context["sections"]}["acteurs"] == SHOWN
    one = client.get(PAGE, {"q": "pompe", "type": "acteurs"})
    assert len(one.context["lines"]) == SHOWN + 3 + 1


def test_types_are_counted_whichever_is_chosen(client):
    one_of_each("Pompe solaire")
    many(30, "Pompe")
    for asked in ({}, {"type": "besoins"}, {"type": "acteurs", "page": 2}, {"type": "nimporte"}):
        counts = client.get(PAGE, {"q": "pompe", **asked}).context["counts"]
        assert {one.findable.code: one.count for one in counts.groups} == dict.fromkeys(CODES, 1) | {"acteurs": 31}
        assert (counts.total, counts.is_cut) == (36, False)


def test_a_type_without_an_answer_is_shown_when_it_is_chosen(client):
    many(2)
    page = client.get(PAGE, {"q": "puits", "type": "agenda"})
    assert [(one.findable.code, one.count) for one in page.context["counts"].groups] == [("acteurs", 2), ("agenda", 0)]
    assert "Rien ne répond" in shown(page)


def test_pages_of_one_type_hold_each_row_once_best_first(client):
    many(60)
    network.actor(name="Puits", summary="")
    seen = []
    for number in (1, 2, 3):
        page = client.get(PAGE, {"q": "puits", "type": "acteurs", "page": number})
        seen += [line.told.url for line in page.context["lines"]]
    assert len(seen) == len(set(seen)) == 61
    assert seen[0] == Actor.objects.get(name="Puits").get_absolute_url()
    assert "Page 3 sur 3" in shown(page)
    [back] = [link for link in page.content.decode().split('"') if link.endswith("page=2")]
    assert parse_qs(urlsplit(unescape(back)).query) == {"q": ["puits"], "type": ["acteurs"], "page": ["2"]}


@pytest.mark.parametrize("number", ["9999", "0", "-1", "x", "1e9", "9" * 400, "²", "4"])
def test_a_page_that_does_not_exist_is_not_found(client, number):
    many(60)
    assert client.get(PAGE, {"q": "puits", "type": "acteurs", "page": number}).status_code == 404


def test_more_than_the_bound_is_said_to_be_more(client):
    many(MOST + 60)
    assert f"{MOST}+" in shown(client.get(PAGE, {"q": "puits"}))


def test_nothing_typed_and_nothing_found(client):
    for typed in ("", "   ", "de la", "?"):
        page = client.get(PAGE, {"q": typed})
        assert "Ou parcourez" in shown(page)
    assert "trop courants" in shown(client.get(PAGE, {"q": "de la"}))
    page = client.get(PAGE, {"q": "xyzzy", "type": "acteurs"})
    assert "Rien ne répond à ces mots" in shown(page)
    assert f"{reverse('search')}?q=xyzzy" in shown(page)


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000, "q=" + "relire " * 1_500, "q=%F0%9F%8E%AA%F0%9F%92%A7%20puits", "q=%00", "q=puits%00",
        "q='; DROP TABLE projects_need; --", "q=%' OR 1=1 %25 {0} %s {condition}", "q=%26%7C%21%28%29%3A%2A", "q=%5C",
        "q=100%25_puits", "q=C%2B%2B", "q=%C3%A9%CC%81", "type=%00&q=puits", "q=puits&q=eau&type=acteurs&type=agenda",
        "q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%ED%A0%80puits", "q=%2F%2Fevil.example",
    ],
)  # fmt: skip
def test_whatever_is_typed_the_page_answers(client, query):
    many(2)
    network.actor(name="C++ pour tous", summary="")
    for address in (PAGE, SUGGEST):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_a_long_question_is_cut_and_said(client):
    assert "200 premiers" in shown(client.get(PAGE, {"q": "puits " * 300}))


def test_few_queries_whatever_is_found():
    _actor, person = network.owned_actor()
    counted = {}
    for rows in (1, 4):
        for _row in range(rows):
            one_of_each("Pompe solaire")
        for who in (None, person, people.animator()):
            client = client_of(who)
            for asked in (
                {"q": "pompe"},
                {"q": "pompe", "type": "besoins"},
                {"q": "ponpe solire"},
                {"q": "xyzzyx"},
                {},
            ):
                for address in (PAGE, SUGGEST):
                    client.get(address, asked)
                    with CaptureQueriesContext(connection) as caught:
                        client.get(address, asked)
                    counted.setdefault((who, *asked.values(), address), set()).add(len(caught))
    assert max(max(numbers) for numbers in counted.values()) <= MOST_QUERIES, counted


def test_typing_does_not_use_up_the_searches(client, settings, monkeypatch):
    settings.RATE_LIMITED = True
    many(2)
    monkeypatch.setattr(views, "SUGGESTIONS", replace(views.SUGGESTIONS, per_address=2))
    answers = [client.get(SUGGEST, {"q": "puits"}).status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    assert client.get(PAGE, {"q": "puits"}).status_code == 200


def test_a_search_counts_among_the_searches(client, settings, monkeypatch):
    settings.RATE_LIMITED = True
    monkeypatch.setattr(lists, "SEARCHES", replace(SEARCHES, per_address=2))
    answers = [client.get(address, {"q": "puits"}).status_code for address in (reverse("project-list"), PAGE, PAGE)]
    assert answers == [200, 200, 429]


def test_suggestions_are_few_marked_and_of_several_types(client):
    many(20, "Pompage")
    one_of_each("Pompe solaire")
    answer = client.get(SUGGEST, {"q": "pomp"})
    lines = answer.context["lines"]
    assert len(lines) == SUGGESTED
    assert {line.findable.code for line in lines} == set(CODES)
    assert answer.content.decode().count('role="option"') == SUGGESTED
    assert "<mark>Pompe</mark> solaire" in answer.content.decode()
    assert "8 suggestions" in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "p", " p ", "la", "zzzzzz"])
def test_too_little_suggests_nothing(client, typed):
    many(2)
    assert 'role="option"' not in client.get(SUGGEST, {"q": typed}).content.decode()


def test_in_english(client):
    one_of_each("Pompe solaire")
    person = people.verified()
    person.language = "en"
    person.save()
    page = shown(client_of(person).get(PAGE, {"q": "pompe"}))
    for text in ("Search all of CoExist", "Needs", "Refine in the directory", "Events"):
        assert text in page


def test_htmx_gets_the_results_alone(client):
    many(2)
    answer = client.get(PAGE, {"q": "puits"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "<mark>Puits</mark> 1" in answer.content.decode()
