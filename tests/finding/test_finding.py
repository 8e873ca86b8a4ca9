"""What the search over everything finds, in which order, and what it says of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Actor, Offer
from coexist.common.finding.findable import findables
from coexist.common.finding.lines import START, STOP, pieces_of
from coexist.common.finding.ways import MOST
from coexist.common.language.index import index_rows
from projects.models import Need
from tests.factories import events, network
from tests.finding.everything import CODES, groups, lines, marks, one_of_each, titles

pytestmark = pytest.mark.django_db


def test_every_type_is_declared_and_found():
    one_of_each("Pompe solaire")
    assert [one.code for one in findables()] == CODES
    assert {group.findable.code: group.total for group in groups("pompe solaire")} == dict.fromkeys(CODES, 1)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("energie", "an accent left out"), ("ÉNERGIE", "capitals"), ("l'énergies", "a stem"), ("énrgie", "a slip"),
        ("enregie citoyene", "two slips"), ("Énergie", "as it is written"),
    ],
)  # fmt: skip
def test_titles_of_every_type_are_found_as_people_type_them(typed, why):
    one_of_each("Énergie citoyenne")
    one_of_each("Théâtre forum")
    assert {group.findable.code for group in groups(typed)} == set(CODES), why
    assert not [title for title in titles(typed) if "Théâtre" in title]


@pytest.mark.parametrize("typed", ["énrgie", "Cimadde", "Passerlles", "atelir kuisine", "Bibliotèkes"])
def test_slips_are_forgiven_more_freely_where_nothing_else_answers(typed):
    for name in ("Énergie citoyenne", "La Cimade", "Passerelles solidaires", "Atelier cuisine", "Bibliothèques"):
        network.actor(name=name, summary="")
    assert len(titles(typed)) == 1


def test_slips_are_not_forgiven_so_freely_where_something_answers():
    network.actor(name="Énergie citoyenne", summary="")
    network.actor(name="Inertie", summary="")
    assert titles("énergie") == ["Énergie citoyenne"]


def test_a_title_stands_before_a_summary_and_a_summary_before_a_text():
    network.actor(name="Alpha", summary="", description="Nous avons aussi foré un puits, puis un puits, puis un puits.")
    network.actor(name="Beta", summary="Un puits pour chaque village.")
    network.actor(name="Puits du Sahel", summary="")
    network.actor(name="Puits", summary="")
    assert titles("puits") == ["Puits", "Puits du Sahel", "Beta", "Alpha"]


def test_all_words_stand_before_some_of_them():
    network.actor(name="Eau douce", summary="")
    network.actor(name="Puits et eau potable", summary="")
    network.actor(name="Théâtre", summary="")
    assert titles("eau potable puits") == ["Puits et eau potable", "Eau douce"]


def test_the_opening_of_a_sentence_is_no_word_and_may_be_a_name():
    network.actor(name="Alpha", summary="Nous cherchons toujours quelqu'un.")
    network.actor(name="Nous cherchons", summary="")
    network.actor(name="Beta", summary="Relire des statuts.")
    assert titles("nous cherchons quelqu'un pour relire nos statuts") == ["Beta"]
    assert titles("Nous cherchons")[0] == "Nous cherchons"


def test_where_enough_rows_have_all_words_no_other_is_added():
    for number in range(6):
        network.actor(name=f"Alpha {number}", summary="Eau potable.")
    network.actor(name="Beta", summary="Eau lourde.")
    assert len(titles("eau potable")) == 6


def test_an_actor_is_found_by_its_offer_which_is_said():
    actor = network.actor(name="Plume", summary="Une maison d'édition.")
    network.offer(actor, "Relire des statuts d'association", skills=[])
    [line] = lines("statuts")
    assert "".join(text for text, _mark in line.part) == "Relire des statuts d'association"
    assert marks(line.part) == ["statuts"]


def test_what_means_the_same_is_found_where_words_find_nothing():
    actor = network.actor(name="Alpha", summary="Bureau d'études")
    network.offer(actor, "Révision de statuts associatifs", skills=[])
    lead = network.actor(name="Beta", summary="")
    network.need(network.project(lead, title="P", summary=""), "Réviser des statuts", detail="", skills=[])
    index_rows([*Actor.objects.prefetch_related("offers"), *Offer.objects.all(), *Need.objects.all()])
    found = titles("corriger le règlement d'une association")
    assert "Alpha" in found
    assert "Réviser des statuts" in found
    assert "Beta" not in found


def test_a_need_that_ended_and_an_event_that_is_past():
    lead = network.actor(name="Lead", summary="")
    network.need(network.project(lead, title="P", summary=""), "Un forage", state="closed", skills=[])
    past = timezone.now() - timedelta(days=30)
    events.event(lead, title="Forage", starts_at=past, ends_at=past + timedelta(hours=1))
    events.event(lead, title="Visite du forage")
    events.event(lead, title="Forage annulé ?", state="cancelled")
    assert titles("forage") == ["Visite du forage", "Forage", "Forage annulé ?"]
    facts = {"".join(text for text, _mark in line.title): line.told.facts for line in lines("forage")}
    assert facts["Forage"][1] == "passé"
    assert facts["Forage annulé ?"][1] == "annulé"
    assert facts["Visite du forage"][0] == "Rencontre"


def test_an_event_counts_once_however_many_dates_it_has():
    events.event(network.actor(), title="Atelier cuisine", rule="FREQ=WEEKLY;COUNT=9")
    assert titles("cuisine") == ["Atelier cuisine"]


def test_counts_are_bounded_and_say_so():
    Actor.objects.bulk_create(
        Actor(name=f"Puits {number}", slug=f"puits-{number}", kind="ngo", state="approved")
        for number in range(MOST + 60)
    )
    [group] = groups("puits", most=5)
    assert (group.is_cut, group.count, len(group.rows)) == (True, MOST, 5)


HOSTILE = [
    "<script>alert(1)</script> puits", '"><img src=x onerror=alert(1)> puits', "<b>puits</b> <mark>non</mark>",
    "&lt;puits&gt; &amp; puits", f"{STOP}{START}puits{STOP}", "puits '); DROP TABLE actors_actor; --",
    "puits {{ 7 }} %s",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_marking_hostile_texts_leaves_them_texts(client, text):
    network.actor(name="Alpha" if START in text else text, summary=text, description=text)
    page = client.get("/tout/", {"q": "puits"}).content.decode().partition('id="resultats"')[2]
    assert "<mark>puits</mark>" in page
    for tag in ("<script", "<img", "<b>", "<mark>non"):
        assert tag not in page.partition("</main>")[0]
    assert START not in page
    assert STOP not in page


def test_a_passage_has_the_words_and_no_signs_of_markdown():
    text = "Autre chose. " * 60 + "Nous **forons** un [puits](https://example.org/x) _au Sahel_. " + "Encore. " * 60
    network.actor(name="Alpha", summary="Une phrase.", description=text)
    [line] = lines("puits sahel")
    passage = "".join(piece for piece, _mark in line.passage)
    assert marks(line.passage) == ["puits", "Sahel"]
    assert "https" not in passage
    assert not set("*[]_") & set(passage)
    assert len(passage) < 400


@pytest.mark.parametrize("passage", ["", " ", "**", f"{START}{STOP}", START, STOP, f"{STOP}a{START}", "a" * 5_000])
def test_pieces_of_odd_passages(passage):
    assert "".join(text for text, _mark in pieces_of(passage)).count(START + STOP) == 0
