"""The same organisation twice: found by name, acronym, number and web domain, whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.duplicates import Candidate, Duplicate, domain_of, duplicates_of, duplicates_of_actors
from actors.models import Contact
from tests.factories import network

pytestmark = pytest.mark.django_db


def like(**described) -> list[Duplicate]:
    return duplicates_of([Candidate(**described)])[0]


def found(**described) -> dict[str, list[str]]:
    return {one.actor.name: [str(reason) for reason in one.reasons] for one in like(**described)}


@pytest.mark.parametrize(
    ("known", "described", "reason"),
    [
        ({"name": "Électriciens sans frontières"}, {"name": "ELECTRICIENS SANS FRONTIERES"}, "Même nom"),
        ({"name": "Passeurs d'eau"}, {"name": "Les Passeurs d’eau"}, "Nom proche : Passeurs d'eau"),
        ({"name": "Guinée 44"}, {"name": "Guinee44"}, "Nom proche : Guinée 44"),
        ({"name": "Groupe de recherche", "acronym": "GRDR"}, {"name": "Grdr"}, "Même sigle : GRDR"),
        ({"name": "GRDR"}, {"name": "Groupe de recherche", "acronym": "grdr"}, "Même sigle : GRDR"),
        (
            {"registration_number": "732 829 320"}, {"registration_number": "73282932000074"},
            "Même numéro d'immatriculation : 73282932000074",
        ),
        (
            {"registration_number": "73282932000074"}, {"registration_number": "732829320"},
            "Même numéro d'immatriculation : 732829320",
        ),
        (
            {"registration_number": "73282932000074"}, {"registration_number": "73282932000099"},
            "Même numéro d'immatriculation : 73282932000099",
        ),
        (
            {"registration_number": "CHE-100.155.212"}, {"registration_number": "che100155212"},
            "Même numéro d'immatriculation : CHE100155212",
        ),
        (
            {"website": "https://www.puits.example/qui"}, {"website": "http://puits.example"},
            "Même domaine : puits.example",
        ),
        (
            {"contact": {"email": "a@Puits.example"}}, {"emails": ["direction@puits.example"]},
            "Même domaine : puits.example",
        ),
        ({"website": "https://puits.example"}, {"emails": ["a@puits.example"]}, "Même domaine : puits.example"),
    ],
)  # fmt: skip
def test_what_makes_two_actors_alike(known, described, reason):
    known = {"name": "Quelqu'un", **known}
    network.actor(**known)
    network.actor(name="Tout autre chose", website="https://ailleurs.example", registration_number="W691234567")
    assert found(**described) == {known["name"]: [reason]}


@pytest.mark.parametrize(
    ("known", "described"),
    [
        ({"name": "Les jardins du lac"}, {"name": "Les ateliers du Rhône"}),
        ({"contact": {"email": "a@gmail.com"}}, {"emails": ["b@gmail.com"]}),
        ({"website": "https://facebook.com/puits"}, {"website": "https://www.facebook.com/autre"}),
        ({"registration_number": "W691234567"}, {"registration_number": "W691234568"}),
        ({"registration_number": ""}, {"registration_number": ""}),
        ({"registration_number": ""}, {"registration_number": " - "}),
        ({"acronym": ""}, {"acronym": ""}),
        ({"website": ""}, {"website": "http://["}),
        ({"name": "Quelqu'un"}, {"name": "x\0\0y", "website": "\0", "emails": ["@", "\0@"], "acronym": "%"}),
        ({"name": "Quelqu'un"}, {"name": "a" * 100_000}),
    ],
)
def test_what_does_not(known, described):
    network.actor(**{"name": "Quelqu'un", **known})
    assert found(**described) == {}


def test_the_likeliest_comes_first_with_every_reason():
    network.actor(name="Puits et forages du Sahel", website="https://autre.example")
    twin = network.actor(name="Puits du Sahel", website="https://puits.example", registration_number="732829320")
    likely = like(name="Puits du Sahel", website="https://puits.example", registration_number="732829320")
    assert likely[0].actor == twin
    assert [str(reason) for reason in likely[0].reasons] == [
        "Même numéro d'immatriculation : 732829320", "Même nom", "Même domaine : puits.example",
    ]  # fmt: skip
    assert [one.actor.name for one in likely[1:]] == ["Puits et forages du Sahel"]


def test_contacts_of_saved_actors_count_and_nobody_is_their_own_duplicate():
    one, other = network.actor(name="Quelqu'un"), network.actor(name="Autre chose")
    Contact.objects.create(actor=one, name="Camille", email="camille@puits.example")
    Contact.objects.create(actor=other, name="Alix", email="alix@puits.example")
    found = duplicates_of_actors([one, other])
    assert [duplicate.actor for duplicate in found[one.pk]] == [other]
    assert [duplicate.actor for duplicate in found[other.pk]] == [one]


def test_an_absorbed_actor_is_nobodys_duplicate():
    kept = network.actor(name="Puits du Sahel")
    network.actor(name="Puits du Sahel", state="archived", merged_into=kept)
    assert [one.actor for one in like(name="Puits du Sahel", pk=kept.pk)] == []


def test_any_number_of_candidates_takes_two_queries_and_shows_five_each():
    for _number in range(8):
        network.actor(name="Puits du Sahel", website="https://puits.example")
    candidates = [Candidate("Puits du Sahel", website="https://puits.example") for _number in range(20)]
    with CaptureQueriesContext(connection) as caught:
        likely = duplicates_of(candidates)
    assert len(caught) == 2
    assert [len(one) for one in likely] == [5] * 20


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.Puits.example/a?b", "puits.example"), ("puits.example", "puits.example"),
        ("a@puits.example", "puits.example"), ("", ""), ("http://[", ""),
        ("https://user@puits.example:80/", "puits.example"),
    ],
)  # fmt: skip
def test_domains(address, domain):
    assert domain_of(address) == domain
