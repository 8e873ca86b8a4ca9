"""Invitations and notices reach addresses that asked for nothing: one click (RFC 8058) stops them all."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from actors.imports.notices import notice_text
from actors.joining import invitations
from coexist.common.mail.delivery import compose, deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.queue import write_row
from coexist.common.mail.unsubscribe import unsubscribe_url
from coexist.common.retention import apply_all, rules
from coexist.pages.mails import RECEIVED
from tests.factories import mails, network, people

pytestmark = pytest.mark.django_db

ADDRESS = "awa@jardins.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def provider():
    """A mail provider: no cookie, no session, no token."""
    return Client(enforce_csrf_checks=True)


def invited(address: str = ADDRESS, *, notice: bool = False) -> OutgoingEmail:
    actor, owner = network.owned_actor()
    told = notice_text(actor, "Liste de la CSI", timezone.localdate()) if notice else None
    invitations.invite(actor=actor, email=address, role="editor", acting_user=owner, as_owner_notice=told)
    return OutgoingEmail.objects.latest("pk")


def links(mail: OutgoingEmail) -> tuple[str, str]:
    headers = compose(mail).extra_headers
    return headers.get("List-Unsubscribe", ""), headers.get("List-Unsubscribe-Post", "")


def stopped() -> set:
    return set(EmailOptOut.objects.values_list("address", "kind_code"))


@pytest.mark.parametrize("notice", [True, False], ids=["notice of an import", "invitation"])
def test_both_headers_and_the_foot_hold_the_way_out(notice, settings):
    settings.SITE_URL = "https://coexist.example"
    mail = invited(notice=notice)
    address, post = links(mail)
    assert re.fullmatch(r"<https://coexist\.example/desabonnement/[^>]+/>", address)
    assert post == "List-Unsubscribe=One-Click"
    message = compose(mail)
    assert address[1:-1] in message.body
    assert address[1:-1] in message.alternatives[0].content
    assert "Mes préférences" not in message.body


def test_a_scanner_that_follows_the_link_stops_nothing(provider):
    address = unsubscribe_url(invited())
    for method in (provider.get, provider.head):
        assert method(address).status_code == 200
    page = provider.get(address).content.decode()
    assert ADDRESS in page
    assert page.count('<button class="btn btn-primary"') == 1
    assert stopped() == set()


def test_one_post_stops_everything_that_nobody_asked_for(provider):
    waiting = invited()
    answer = provider.post(unsubscribe_url(waiting), ONE_CLICK)
    assert (answer.status_code, stopped()) == (200, {(ADDRESS, "*")})
    provider.post(unsubscribe_url(waiting), ONE_CLICK)
    assert deliver(waiting.pk) == MailState.CANCELLED
    assert invited().state == invited(notice=True).state == invited(ADDRESS.upper()).state == MailState.CANCELLED
    assert outbox.outbox == []
    assert invited("autre@jardins.example").state == MailState.QUEUED


def test_what_its_holder_asks_for_still_arrives(provider):
    provider.post(unsubscribe_url(invited()), ONE_CLICK)
    answer = write_row(
        RECEIVED, to=None, address=ADDRESS, dedupe_key="a", subject="Reçu", body_text="Merci", body_html="<p>Merci</p>"
    )
    assert answer.state == MailState.QUEUED
    assert deliver(answer.pk) == MailState.SENT
    assert links(answer) == ("", "")


def test_who_has_an_account_since_then_is_written_to_and_keeps_preferences_instead(provider):
    provider.post(unsubscribe_url(invited()), ONE_CLICK)
    person = people.verified(email=ADDRESS)
    mail = invited()
    assert (mail.recipient, mail.state) == (person, MailState.QUEUED)
    assert links(mail) == ("", "")
    assert mails.alert(person).state == MailState.QUEUED


def test_a_code_for_an_account_is_never_stopped(provider):
    provider.post(unsubscribe_url(invited()), ONE_CLICK)
    assert mails.code(None, address=ADDRESS).state == MailState.QUEUED


def test_it_can_be_undone(provider):
    mail = invited()
    provider.post(unsubscribe_url(mail), ONE_CLICK)
    page = provider.post(unsubscribe_url(mail), {"undo": "1"}).content.decode()
    assert stopped() == set()
    assert "Ne plus recevoir ces messages" in page
    assert invited().state == MailState.QUEUED


def test_the_animators_read_what_was_stopped(client, provider, animator):
    provider.post(unsubscribe_url(invited()), ONE_CLICK)
    client.force_login(animator)
    page = client.get("/admin/common/emailoptout/").content.decode()
    assert ADDRESS in page
    assert "Tout, sauf les réponses" in page


def test_it_is_kept_as_long_as_it_stands_and_the_privacy_page_says_so(provider, clock):
    provider.post(unsubscribe_url(invited()), ONE_CLICK)
    assert "opt_outs" in {rule.code for rule in rules()}
    clock.forward(days=4000)
    apply_all()
    assert stopped() == {(ADDRESS, "*")}
