"""Signing up, proving an address, losing a password: every mail is a row, nothing tells who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from actors.enums import ActorState
from actors.models import User
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from projects.enums import NeedState, ProjectState
from tests.factories import network, people

pytestmark = pytest.mark.django_db

PASSWORD = "une-phrase-assez-longue"
FORM = {"name": "Aminata Diallo", "email": "Aminata@Asso.example", "password1": PASSWORD}


def account_mails(address: str):
    return OutgoingEmail.objects.filter(kind_code="account", address=address.lower()).order_by("pk")


def code_in(mail: OutgoingEmail) -> str:
    (code,) = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.body_text, re.M)
    return code


def link_in(mail: OutgoingEmail) -> str:
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", mail.body_text)
    return link


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_sends_a_code_that_verifies_the_address(client):
    response = client.post(reverse("account_signup"), FORM)
    person = User.objects.get()
    assert (person.email, person.name) == ("aminata@asso.example", "Aminata Diallo")
    assert not EmailAddress.objects.get().verified
    mail = account_mails(person.email).get()
    assert mail.state == MailState.QUEUED
    assert mail.kind.secret
    response = client.post(response.url, {"code": code_in(mail)})
    assert response.status_code == 302
    assert EmailAddress.objects.get().verified
    assert is_logged_in(client)


def test_a_wrong_code_verifies_nothing(client):
    response = client.post(reverse("account_signup"), FORM)
    client.post(response.url, {"code": "AAA-000"})
    assert not EmailAddress.objects.get().verified
    assert not is_logged_in(client)


def test_a_code_is_of_no_use_in_another_browser(client):
    response = client.post(reverse("account_signup"), FORM)
    Client().post(response.url, {"code": code_in(account_mails("aminata@asso.example").get())})
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("field", "value"),
    [("password1", "court"), ("password1", "1234567890123"), ("email", "pas une adresse"), ("name", "")],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, field, value):
    response = client.post(reverse("account_signup"), {**FORM, field: value})
    assert response.status_code == 200
    shown = response.content.decode()
    assert field in response.context["form"].errors
    assert "Aminata" in shown
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_looks_the_same_and_warns_its_owner(client):
    fresh = client.post(reverse("account_signup"), FORM)
    known = people.verified()
    response = Client().post(reverse("account_signup"), {**FORM, "email": known.email})
    assert (response.status_code, response.url) == (fresh.status_code, fresh.url)
    assert User.objects.filter(email=known.email).count() == 1
    warning = account_mails(known.email).get()
    assert "ABC" not in warning.subject
    assert not re.search(r"^\s*[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\s*$", warning.body_text, re.M)


def test_logging_in_does_not_tell_a_wrong_password_from_an_unknown_address(client):
    known = people.verified()
    wrong = client.post(reverse("account_login"), {"login": known.email, "password": "pas-le-bon-mot"})
    unknown = client.post(reverse("account_login"), {"login": "x@y.example", "password": "pas-le-bon-mot"})
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert not is_logged_in(client)


def test_an_address_is_the_same_in_capitals(client):
    known = people.verified()
    client.post(reverse("account_login"), {"login": known.email.upper(), "password": people.PASSWORD})
    assert is_logged_in(client)


def test_a_lost_password_is_replaced_through_the_mailed_link(client):
    known = people.verified()
    client.post(reverse("account_reset_password"), {"email": known.email})
    mail = account_mails(known.email).get()
    page = client.get(link_in(mail), follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    known.refresh_from_db()
    assert known.check_password(PASSWORD)
    again = Client().get(link_in(mail), follow=True)
    assert again.context.get("token_fail") is True  # the link worked once


def test_asking_for_a_lost_password_does_not_tell_who_has_an_account(client):
    known = people.verified()
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}) for email in (known.email, "x@y.example")
    ]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    (stranger,) = account_mails("x@y.example")
    assert "/compte/password/reset/key/" not in stranger.body_text
    assert stranger.recipient is None


def test_a_changed_address_counts_once_it_is_proved(client):
    person = people.verified()
    old = person.email
    client.force_login(person)
    response = client.post(reverse("account_email"), {"email": "nouvelle@asso.example", "action_add": ""})
    person.refresh_from_db()
    assert person.email == old
    client.post(response.url, {"code": code_in(account_mails("nouvelle@asso.example").get())})
    person.refresh_from_db()
    assert person.email == "nouvelle@asso.example"
    assert set(EmailAddress.objects.values_list("email", "verified")) == {("nouvelle@asso.example", True)}


def test_a_closed_account_does_not_log_in(client):
    person = people.verified(is_active=False)
    client.post(reverse("account_login"), {"login": person.email, "password": people.PASSWORD})
    assert not is_logged_in(client)


def test_an_unverified_person_keeps_a_draft_and_publishes_nothing(client):
    person = people.unverified()
    actor = network.actor(owner=person)
    project = network.project(actor, state=ProjectState.DRAFT)
    need = network.need(project, state=NeedState.DRAFT)
    client.force_login(person)
    page = client.post(reverse("project-publish", args=[project.slug]), follow=True)
    assert "Confirmez votre adresse e-mail" in page.content.decode()
    project.refresh_from_db()
    need.refresh_from_db()
    assert (project.state, need.state) == (ProjectState.DRAFT, NeedState.DRAFT)


def test_an_unverified_person_submits_no_profile(client):
    person = people.unverified()
    actor = network.actor(owner=person, state=ActorState.DRAFT)
    client.force_login(person)
    response = client.post(reverse("actor-submit", args=[actor.slug]))
    assert response.url == reverse("account_email")
    actor.refresh_from_db()
    assert actor.state == ActorState.DRAFT
