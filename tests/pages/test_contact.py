"""Whoever writes to us is heard once; robots read why they are not."""

import time
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from coexist.common.mail.models import OutgoingEmail
from coexist.pages.enums import MessageState
from coexist.pages.forms import SALT
from coexist.pages.models import ContactMessage
from tests.access.crawl import client_of
from tests.factories import people

pytestmark = pytest.mark.django_db


def typed(**fields) -> dict:
    started = signing.dumps(time.time() - 60, salt=SALT)
    return {
        "name": "Alix", "email": "Alix@Test.example", "subject": "Une question", "body": "Bonjour,\nmerci.",
        "started": started, "form_key": str(uuid4()), **fields,
    }  # fmt: skip


def send(client=None, **fields):
    return (client or Client()).post(reverse("contact-us"), typed(**fields))


def test_a_message_reaches_the_queue_and_is_acknowledged_without_repeating_it():
    assert send(subject="ACHETEZ", body="http://spam.example").url == reverse("contact-us-sent")
    message = ContactMessage.objects.get()
    assert (message.state, message.email) == (MessageState.NEW, "alix@test.example")
    mail = OutgoingEmail.objects.get()
    assert mail.address == "alix@test.example"
    told = mail.subject + mail.body_text + mail.body_html
    assert "ACHETEZ" not in told
    assert "spam" not in told


def test_a_double_click_writes_once():
    form = typed()
    answers = [Client().post(reverse("contact-us"), form) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (ContactMessage.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


def too_fast():
    return {"started": signing.dumps(time.time() - 1, salt=SALT)}


def too_late():
    return {"started": signing.dumps(time.time() - 2 * 86400, salt=SALT)}


@pytest.mark.parametrize(
    "fields",
    [
        too_fast, too_late, {"started": ""}, {"started": "forgé"}, {"started": signing.dumps("abc", salt=SALT)},
        {"started": signing.dumps(1e400, salt=SALT)}, {"site": "https://robot.example"},
    ],
)  # fmt: skip
def test_a_robot_reads_why_and_keeps_what_it_typed(fields):
    answer = send(**(fields() if callable(fields) else fields))
    assert answer.status_code == 200
    assert not ContactMessage.objects.exists()
    assert answer.context["form"].non_field_errors()
    assert "Bonjour,\nmerci." in answer.content.decode()


def test_who_was_too_late_only_has_to_send_again(clock):
    page = send(**too_late())
    again = page.context["form"]["started"].value()
    clock.forward(seconds=5)
    assert send(started=again).status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "pas une adresse"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "A\x00"}, "name"),
        ({"subject": "a" * 151}, "subject"),
        ({"body": "a" * 5001}, "body"),
        ({"form_key": "pas une clé"}, "form_key"),
    ],
)
def test_what_is_wrong_is_said_by_the_field(fields, wrong):
    answer = send(**fields)
    assert (answer.status_code, wrong in answer.context["form"].errors) == (200, True)


def test_one_address_writes_five_times_an_hour(clock):
    assert [send().status_code for _try in range(6)] == [302] * 5 + [200]
    assert send(email="autre@test.example").status_code == 302
    clock.forward(hours=2)
    assert send(started=signing.dumps(clock.now.timestamp() - 60, salt=SALT)).status_code == 302


def test_one_connection_writes_twenty_times_an_hour_whatever_the_address(settings):
    settings.RATE_LIMITED = True
    codes = [send(email=f"a{number}@test.example").status_code for number in range(21)]
    assert codes == [302] * 20 + [429]
    refused = send(email="b@test.example")
    assert "Bonjour,\nmerci." in refused.content.decode(), "what was typed is kept"


def test_it_cannot_be_posted_from_elsewhere():
    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_member_finds_name_and_address_filled_in():
    person = people.verified(name="Camille Membre")
    page = client_of(person).get(reverse("contact-us")).content.decode()
    assert "Camille Membre" in page
    assert person.email in page


# The animators' side --------------------------------------------------------------------------


@pytest.fixture
def message():
    return ContactMessage.objects.create(
        name="Alix", email="alix@test.example", subject="Une\nquestion", body="<b>Bonjour</b>", form_key=uuid4()
    )


def answer_url(message):
    return reverse("admin:pages_contactmessage_answer", args=[message.pk])


def test_an_animator_answers_once_by_mail(message, animator):
    client = client_of(animator)
    assert "<b>Bonjour" not in client.get(answer_url(message)).content.decode()
    form = {"body": "Voici la réponse.", "form_key": str(uuid4())}
    for _click in range(2):
        client.post(answer_url(message), form)
    message.refresh_from_db()
    assert (message.state, message.assigned_to) == (MessageState.ANSWERED, animator)
    mail = OutgoingEmail.objects.get()
    assert (mail.address, mail.subject) == ("alix@test.example", "Réponse : Une question")
    assert "Voici la réponse." in mail.body_text
    assert "&lt;b&gt;Bonjour" in mail.body_html


@pytest.mark.parametrize(("button", "state"), [("take", "assigned"), ("close", "closed")])
def test_or_takes_it_or_closes_it(message, animator, button, state):
    client_of(animator).post(answer_url(message), {button: "1"})
    message.refresh_from_db()
    assert (message.state, message.assigned_to) == (state, animator)


def test_what_waits_comes_first_the_longest_wait_on_top(message, animator, clock):
    done = ContactMessage.objects.create(
        name="B", email="b@test.example", subject="Vieux", body="-", form_key=uuid4(), state="closed"
    )
    clock.forward(days=1)
    newer = ContactMessage.objects.create(name="C", email="c@test.example", subject="Neuf", body="-", form_key=uuid4())
    page = client_of(animator).get(reverse("admin:pages_contactmessage_changelist"))
    assert list(page.context["cl"].queryset) == [message, newer, done]
