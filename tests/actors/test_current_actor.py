"""Several actors for one person: the one at work is chosen, kept, checked, and taken as the default."""

import pytest
from django.urls import reverse

from tests.access.crawl import client_of
from tests.factories import network, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return people.verified()


@pytest.fixture
def two(person):
    return network.actor(owner=person, name="Association A"), network.actor(owner=person, name="Bureau B")


def at_work(client) -> str:
    current = client.get(reverse("dashboard")).context["actor_menu"].current
    return current.name if current else ""


def switch(client, actor, **form):
    return client.post(reverse("actor-switch"), {"actor": actor.pk, **form})


def test_the_choice_is_kept_and_shown(person, two):
    client = client_of(person)
    assert at_work(client) == "Association A"
    assert switch(client, two[1]).url == reverse("dashboard")
    assert at_work(client) == "Bureau B"
    assert "Au nom de Bureau B" in client.get(reverse("dashboard")).content.decode()


def test_a_choice_that_no_longer_holds_is_as_none(person, two):
    client = client_of(person)
    switch(client, two[1])
    two[1].memberships.all().delete()
    assert at_work(client) == "Association A"


@pytest.mark.parametrize("value", ["", "abc", "-1", "999999", "9" * 40, "²", "\x00"])
def test_what_is_not_ones_own_is_not_chosen(person, two, value):
    client = client_of(person)
    assert client.post(reverse("actor-switch"), {"actor": value}).status_code == 404
    assert client.post(reverse("actor-switch"), {"actor": network.actor().pk}).status_code == 404
    assert at_work(client) == "Association A"


def test_one_is_not_sent_off_the_site(person, two):
    client = client_of(person)
    for address in ("https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"):
        assert switch(client, two[1], next=address).url == reverse("dashboard")
    assert switch(client, two[1], next="/besoins/").url == "/besoins/"


def test_it_is_the_default_where_one_says_in_whose_name(person, two):
    client = client_of(person)
    need = network.need(network.project(network.actor()))
    for chosen in two:
        switch(client, chosen)
        lead = client.get(reverse("project-create")).context["form"]["lead"]
        assert f'value="{chosen.pk}" selected' in str(lead)
        actor = client.get(reverse("interest", args=[need.pk])).context["form"]["actor"]
        assert f'value="{chosen.pk}" selected' in str(actor)


def test_the_dashboard_shows_the_one_at_work_and_what_waits_for_the_other(person, two):
    need_of_b = network.need(network.project(two[1]), "Besoin de B")
    network.introduction(need_of_b, network.actor(name="Quelqu'un"))
    client = client_of(person)
    page = client.get(reverse("dashboard")).content.decode()
    assert "Besoin de B" not in page
    assert "1 question attend" in " ".join(page.split())
    switch(client, two[1])
    assert "Besoin de B" in client.get(reverse("dashboard")).content.decode()


def test_a_new_actor_is_the_one_at_work(person, two):
    client = client_of(person)
    client.post(reverse("actor-create"), {"name": "Zénith", "kind": "ngo", "country": "FR"})
    assert at_work(client) == "Zénith"


def test_who_has_none_sees_no_menu(member):
    client = client_of(member)
    assert at_work(client) == ""
    assert "actor-menu" not in client.get(reverse("dashboard")).content.decode()
