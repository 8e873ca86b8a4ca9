"""One-click unsubscribe, RFC 8058: a POST without cookie or token stops one kind; a GET changes nothing."""

import pytest
from django.test import Client

from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut
from coexist.common.mail.unsubscribe import unsubscribe_url
from tests.factories import mails, people

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail():
    return mails.alert(people.verified())


@pytest.fixture
def provider():
    """A mail provider: no cookie, no session, no token."""
    return Client(enforce_csrf_checks=True)


def stopped() -> set:
    return set(EmailOptOut.objects.values_list("address", "kind_code"))


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_stops_nothing(provider, mail, method):
    response = getattr(provider, method)(unsubscribe_url(mail))
    assert response.status_code == 200
    assert stopped() == set()


def test_the_page_asks_with_one_button(provider, mail):
    page = provider.get(unsubscribe_url(mail)).content.decode()
    assert mail.address in page
    assert "Ne plus recevoir ces messages" in page


def test_one_post_stops_this_kind_for_this_address_without_redirect(provider, mail):
    response = provider.post(unsubscribe_url(mail), ONE_CLICK)
    assert response.status_code == 200
    assert stopped() == {(mail.address, "needs_for_actor")}
    provider.post(unsubscribe_url(mail), ONE_CLICK)
    assert len(stopped()) == 1


def test_later_mails_of_this_kind_are_cancelled_and_others_leave(provider, mail):
    person = mail.recipient
    provider.post(unsubscribe_url(mail), ONE_CLICK)
    assert mails.alert(person).state == MailState.CANCELLED
    assert mails.answer(person).state == MailState.QUEUED
    assert mails.alert(people.verified()).state == MailState.QUEUED


def test_it_can_be_undone(provider, mail):
    provider.post(unsubscribe_url(mail), ONE_CLICK)
    response = provider.post(unsubscribe_url(mail), {"undo": "1"})
    assert response.status_code == 200
    assert stopped() == set()
    assert mails.alert(mail.recipient).state == MailState.QUEUED


def test_an_address_without_account_can_stop_too(provider, mail):
    mail.recipient.delete()
    mail.refresh_from_db()
    assert provider.post(unsubscribe_url(mail), ONE_CLICK).status_code == 200
    assert stopped() == {(mail.address, "needs_for_actor")}


def test_a_changed_token_is_not_found_and_stops_nothing(provider, mail):
    address = unsubscribe_url(mail)
    letter = "a" if address[-2] != "a" else "b"
    for wrong in (f"{address[:-2]}{letter}/", address.replace("desabonnement/", "desabonnement/x")):
        assert provider.post(wrong, ONE_CLICK).status_code == 404
    assert stopped() == set()


def test_a_token_of_another_purpose_is_not_found(provider, mail):
    from django.core import signing

    token = signing.dumps([mail.address, mail.kind_code], salt="something.else")
    assert provider.post(f"/desabonnement/{token}/", ONE_CLICK).status_code == 404
    assert stopped() == set()


def test_the_address_does_not_expire(provider, mail, monkeypatch):
    address = unsubscribe_url(mail)
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000)  # the year 2096
    assert provider.post(address, ONE_CLICK).status_code == 200
    assert len(stopped()) == 1
