"""Delivery to a real SMTP server on loopback: sent once, or told why not."""

import socket
import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from coexist.common.mail.delivery import BACKOFF, deliver
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.tasks import deliver_due
from projects.matching.models import Refusal
from tests.factories import mails, people

pytestmark = pytest.mark.django_db


class Server:
    """Keeps what it is given and answers as it is told."""

    def __init__(self):
        self.messages = []
        self.recipients = []
        self.to_rcpt = self.to_data = "250 OK"
        self.before_answer = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.recipients.append(address)
        if self.to_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_rcpt

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.before_answer()
        return self.to_data


@pytest.fixture
def smtp(settings):
    server = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 10
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    controller.stop()


def test_a_due_mail_is_sent_once(smtp):
    mail = mails.answer(people.verified())
    assert deliver(mail.pk) == MailState.SENT
    assert deliver(mail.pk) is None
    deliver_due()
    assert [message["To"] for message in smtp.messages] == [mail.address]
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert (mail.attempts, mail.error) == (1, "")


def test_a_mail_has_a_text_and_an_html_part_with_inlined_style(smtp):
    deliver(mails.answer(people.verified(), body_html='<p><a class="button" href="#">Aller</a></p>').pk)
    (message,) = smtp.messages
    text, page = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert "Un texte é" in text
    assert "Mes préférences : http://localhost:8000/preferences/" in text
    assert 'style="' in page.partition('class="button"')[2].partition(">")[0]
    assert message["Subject"] == "Bonjour"
    assert message["Auto-Submitted"] == "auto-generated"


def test_alerts_alone_carry_the_one_click_headers(smtp):
    person = people.verified()
    for mail in (mails.alert(person), mails.answer(person), mails.code(person)):
        assert deliver(mail.pk) == MailState.SENT
    alert, answer, code = smtp.messages
    assert alert["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = alert["List-Unsubscribe"].strip()
    assert address.startswith("<http://localhost:8000/desabonnement/")
    assert address.strip("<>") in alert.get_body(("plain",)).get_content()
    assert address.strip("<>") in alert.get_body(("html",)).get_content()
    for other in (answer, code):
        assert other["List-Unsubscribe"] is None
        assert other["List-Unsubscribe-Post"] is None
        assert "desabonnement" not in other.as_string()


def test_a_temporary_failure_is_tried_again_with_the_same_message_id(smtp, clock):
    mail = mails.answer(people.verified())
    smtp.to_data = "451 Plus tard"
    assert deliver(mail.pk) == MailState.QUEUED
    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at) == (1, None)
    assert "451" in mail.error
    assert deliver(mail.pk) is None  # not due yet
    smtp.to_data = "250 OK"
    clock.forward(minutes=1)
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MailState.SENT, 2, "")
    first, second = smtp.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<coexist-{mail.pk}@coexist.example>"


def test_each_try_waits_longer_and_the_last_one_is_a_failure(smtp, clock):
    mail = mails.answer(people.verified())
    smtp.to_rcpt = "450 Boîte occupée"
    for minutes in BACKOFF:
        assert deliver(mail.pk) == MailState.QUEUED
        mail.refresh_from_db()
        assert (mail.next_attempt_at - clock.now).total_seconds() == minutes * 60
        clock.forward(minutes=minutes)
    assert deliver(mail.pk) == MailState.FAILED
    clock.forward(days=30)
    assert deliver(mail.pk) is None
    assert list(BACKOFF) == sorted(BACKOFF)


def test_an_address_refused_for_good_fails_at_once(smtp):
    mail = mails.answer(people.verified())
    smtp.to_rcpt = "550 Inconnu ici"
    assert deliver(mail.pk) == MailState.FAILED
    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at) == (1, None)
    assert "550" in mail.error
    assert smtp.messages == []


def test_with_no_server_at_all_nothing_is_lost(smtp, settings, clock):
    mail = mails.answer(people.verified())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, taken.getsockname()[1]
        assert deliver(mail.pk) == MailState.QUEUED
    mail.refresh_from_db()
    assert "ConnectionRefusedError" in mail.error
    settings.EMAIL_PORT = port
    clock.forward(hours=1)
    deliver_due()
    assert len(smtp.messages) == 1


def test_a_mail_without_object_any_more_is_cancelled(smtp):
    person = people.verified()
    match = mails.a_match_for(person)
    mail = mails.alert(person, match)
    Refusal.objects.create(need=match.need, actor=match.actor, by_actor=True, reason="no_time")
    assert deliver(mail.pk) == MailState.CANCELLED
    mail.refresh_from_db()
    assert mail.error == "sans objet"
    assert smtp.recipients == []


def opted_out(person):
    EmailOptOut.objects.create(address=person.email, kind_code="needs_for_actor")


def chose_never(person):
    person.digest = "never"
    person.save()


def left_the_actor(person):
    person.memberships.all().delete()


def account_closed(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("change", [opted_out, chose_never, left_the_actor, account_closed])
def test_who_does_not_want_it_any_more_is_not_mailed(smtp, change):
    person, other = people.verified(), people.verified()
    mail, kept = mails.alert(person), mails.alert(other)
    change(person)
    deliver_due()
    assert smtp.recipients == [other.email]
    mail.refresh_from_db()
    kept.refresh_from_db()
    assert (mail.state, kept.state) == (MailState.CANCELLED, MailState.SENT)


def test_a_closed_account_gets_no_answer_either(smtp):
    mail = mails.answer(people.verified(is_active=False))
    assert deliver(mail.pk) == MailState.CANCELLED
    assert smtp.recipients == []


def test_a_code_is_wiped_once_sent_and_kept_until_then(smtp, clock):
    mail = mails.code(people.verified())
    smtp.to_data = "451 Plus tard"
    deliver(mail.pk)
    mail.refresh_from_db()
    assert "ABC-123" in mail.body_text
    smtp.to_data = "250 OK"
    clock.forward(hours=1)
    assert deliver(mail.pk) == MailState.SENT
    mail.refresh_from_db()
    assert (mail.body_text, mail.body_html) == ("", "")
    assert "ABC-123" in smtp.messages[-1].get_body(("plain",)).get_content()


def test_one_mail_that_cannot_leave_does_not_hold_back_the_others(smtp):
    first, second = mails.answer(people.verified()), mails.answer(people.verified())
    OutgoingEmail.objects.filter(pk=first.pk).update(address="pas une adresse\nBcc: tous@coexist.example")
    deliver_due()
    first.refresh_from_db()
    assert (first.state, first.attempts) == (MailState.QUEUED, 1)
    assert smtp.recipients == [second.address]


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_send_one_mail(smtp):
    mail = mails.answer(people.verified())
    server_has_it, other_is_done = threading.Event(), threading.Event()

    def wait_for_the_other():
        server_has_it.set()
        other_is_done.wait(20)

    smtp.before_answer = wait_for_the_other
    outcomes = []

    def first():
        try:
            outcomes.append(deliver(mail.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert server_has_it.wait(20)
    assert deliver(mail.pk) is None  # while the server still answers the first
    other_is_done.set()
    thread.join(20)
    assert outcomes == [MailState.SENT]
    assert len(smtp.messages) == 1
