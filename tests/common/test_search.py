"""Full text search in French, whatever somebody types."""

import pytest
from django.urls import reverse

from actors.models import Actor
from coexist.common.search import LONGEST_QUERY, ranked, search_query
from tests.factories import network

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    """Names of the actors that a search in their own texts finds, best first."""
    query = search_query(text)
    assert query is not None
    return [actor.name for actor in ranked(Actor.objects.all(), query)]


def named(*names: str, **fields) -> None:
    for name in names:
        network.actor(name=name, **{"summary": "", **fields})


@pytest.mark.parametrize("text", ["energie", "ÉNERGIES", "l'énergie", "énergie", "e\u0301nergie"])
def test_accents_case_and_plural_do_not_matter(text):
    named("Énergie du Léman", "Comptoir du bois")
    assert found(text) == ["Énergie du Léman"]


def test_any_of_the_words_is_enough_and_more_come_first():
    named("Puits du Sahel", "Puits et pompes du Sahel", "Théâtre des Alpes")
    assert found("pompes puits Sahel") == ["Puits et pompes du Sahel", "Puits du Sahel"]


def test_a_name_counts_more_than_a_description():
    named("Théâtre", description="Nous avons aussi foré un puits.")
    named("Puits")
    assert found("puits") == ["Puits", "Théâtre"]


@pytest.mark.parametrize("text", ["", "   ", "de la pour les", "? ! …", "'", "\x00", "d' l'"])
def test_without_a_word_there_is_nothing_to_search_for(text):
    assert search_query(text) is None


def test_a_list_searched_for_stop_words_only_shows_everything(client):
    named("Puits", "Théâtre")
    page = client.get(reverse("actor-list"), {"q": "de la"}).content.decode()
    assert "Puits" in page
    assert "Théâtre" in page


@pytest.mark.parametrize(
    "text",
    [
        "puits'", "puits''", '"puits"', "puits & !", "puits | & (", "puits:*", "!puits", "<-> puits", "puits\\",
        "(puits", "puits'; DROP TABLE actors_actor; --", "puits\x00", "puits %s %(x)s", "puits <script>",
        "puits\u2028", "puits🙂",
    ],
)  # fmt: skip
def test_quotes_and_operators_are_harmless(text):
    named("Puits", "Théâtre")
    assert found(text) == ["Puits"]


def test_an_operator_is_no_command():
    named("Puits", "Théâtre")
    assert set(found("puits & théâtre")) == {"Puits", "Théâtre"}


@pytest.mark.parametrize("word", ["node.js", "Excel2031"])
def test_technical_names_are_found(word):
    named(f"Atelier {word}", "Théâtre")
    assert found(word) == [f"Atelier {word}"]


def test_only_the_beginning_of_a_very_long_question_is_read():
    named("Puits", "Théâtre")
    assert found("puits " * 2_000 + "théâtre") == ["Puits"]
    assert search_query("de " * LONGEST_QUERY + "puits") is None


@pytest.mark.parametrize("name", ["actor-list", "project-list", "need-list"])
def test_a_question_that_is_too_long_is_kept_and_said_next_to_its_field(client, name):
    typed = "puits " * 2_000
    response = client.get(reverse(name), {"q": typed})
    assert response.status_code == 200
    shown = response.content.decode()
    assert "200 caractères au plus" in shown
    assert typed.strip() in shown


@pytest.mark.parametrize("name", ["actor-list", "project-list", "need-list"])
@pytest.mark.parametrize(
    "wrong", [{"kind": "??"}, {"theme": "99"}, {"theme": "x"}, {"territory": "ZZ"}, {"mode": "'"}, {"unknown": "1"}]
)
def test_an_unknown_facet_never_breaks_a_list(client, name, wrong):
    assert client.get(reverse(name), wrong).status_code == 200


@pytest.mark.parametrize("name", ["actor-list", "project-list", "need-list"])
@pytest.mark.parametrize("number", ["9999", "0", "-1", "x", "1e9", "9" * 400])
def test_a_page_that_does_not_exist_is_not_found(client, name, number):
    assert client.get(reverse(name), {"page": number}).status_code == 404


def test_a_skill_named_in_the_question_finds_the_offers_that_carry_it(client):
    carrying = network.actor(name="Plume", summary="")
    network.offer(carrying, "Relecture de statuts associatifs")
    network.actor(name="Théâtre", summary="")
    page = client.get(reverse("actor-list"), {"q": "bylaws"}).content.decode()  # a synonym in the taxonomy
    assert "Plume" in page
    assert "Théâtre" not in page
