"""What is kept about a person is shown to that person, whole, and to nobody else."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from actors.privacy import export
from tests.access.crawl import client_of
from tests.factories import mails, network, people
from tests.privacy.test_erasure import EMAIL, NAME, everything_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return people.verified(name=NAME, email=EMAIL)


def files_of(person) -> dict[str, str]:
    answer = client_of(person).get(reverse("my-data-download"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    with ZipFile(BytesIO(answer.content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_the_file_holds_what_every_room_keeps(person):
    everything_about(person)
    files = files_of(person)
    data = json.loads(files["mes-donnees.json"])["data"]
    assert data["account"]["rows"][0]["email"] == EMAIL
    assert data["introductions_asked"]["rows"][0]["message"] == "Nous savons faire."
    assert data["contact_messages"]["rows"][0]["body"] == f"Je suis {NAME}"
    assert [row["subject"] for row in data["mails"]["rows"]].count(f"Bonjour {NAME}") == 1
    for text in (EMAIL, "Nous savons faire.", f"Je suis {NAME}", "responsable"):
        assert text in files["mes-donnees.html"]


def test_nothing_of_anybody_else_is_in_it(person):
    everything_about(person)
    stranger = people.verified(name="Quelqu'une", email="autre@test.example")
    assert NAME not in "".join(files_of(stranger).values())
    assert EMAIL not in "".join(files_of(stranger).values())


def test_a_code_on_its_way_is_not_in_it(person):
    mails.code(person, body_text="Code : SECRET-42")
    assert "SECRET-42" not in "".join(files_of(person).values())


def test_what_others_wrote_is_shown_as_text(person):
    network.join(person, network.actor(name="<script>alert(1)</script>"))
    assert "<script>alert" not in files_of(person)["mes-donnees.html"]
    assert "<script>alert" not in client_of(person).get(reverse("my-data")).content.decode()


def test_an_endless_history_is_cut_and_says_so(person, monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    for _number in range(3):
        mails.answer(person)
    data = json.loads(files_of(person)["mes-donnees.json"])["data"]
    assert (len(data["mails"]["rows"]), data["mails"]["is_cut"]) == (2, True)
    assert data["account"]["is_cut"] is False


def test_exports_are_counted(person, settings):
    settings.RATE_LIMITED = True
    client = client_of(person)
    assert [client.get(reverse("my-data-download")).status_code for _try in range(11)] == [200] * 10 + [429]
