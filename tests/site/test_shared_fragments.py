"""What every visitor gets alike is kept between requests: it must hold nothing of anybody, and say where one is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coexist.common.templatetags.coexist import MENU
from tests.access.crawl import client_of
from tests.factories import network

pytestmark = pytest.mark.django_db


def current(page: str) -> list[str]:
    """Menu entries that say "you are here"."""
    return re.findall(r'<a class="nav-link" href="([^"]+)" aria-current="true">', page)


def get(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def test_a_visitor_after_a_member_gets_the_visitors_header():
    _actor, person = network.owned_actor()
    member = get(client_of(person), "actor-list")
    visitor = get(Client(), "actor-list")
    again = get(client_of(person), "actor-list")
    assert "Se déconnecter" in member
    assert "Se déconnecter" in again
    assert "Se déconnecter" not in visitor
    assert "Se connecter" in visitor
    assert "csrfmiddlewaretoken" not in visitor


@pytest.mark.parametrize("name", MENU)
def test_each_page_of_a_visitor_marks_its_own_entry(name):
    get(Client(), "home")
    assert current(get(Client(), name)) == [reverse(name)]
    assert current(get(Client(), "home")) == []
    assert current(get(Client(), name)) == [reverse(name)]


def test_a_person_who_reads_english_leaves_french_pages_to_others():
    _actor, person = network.owned_actor()
    person.language = "en"
    person.save()
    assert "Legal notice" in get(client_of(person), "actor-list")
    assert "Mentions légales" in get(Client(), "actor-list")
