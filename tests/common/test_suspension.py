"""A server that refuses an address for good is believed, until somebody proves it wrong."""

import pytest
from django.urls import reverse

from coexist.common.mail.delivery import deliver
from coexist.common.mail.digests import send_due_digests
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress, is_suspended, suspend, suspended_among
from tests.access.crawl import client_of
from tests.common.test_mail_delivery import smtp  # noqa: F401 - fixture
from tests.factories import mails, network, people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reply", "is_about_the_address"),
    [
        ("550 Inconnu ici", True),
        ("550 5.1.1 User unknown", True),
        ("553 5.1.3 Bad address", True),
        ("550 5.7.1 Votre serveur est sur une liste noire", False),
        ("552 5.2.2 Mailbox full", False),
        ("450 4.2.1 Plus tard", False),
    ],
)
def test_only_what_the_server_says_of_the_address_suspends_it(smtp, reply, is_about_the_address):  # noqa: F811
    person = people.verified()
    smtp.to_rcpt = reply
    deliver(mails.answer(person).pk)
    assert is_suspended(person.email) is is_about_the_address


def test_nothing_is_queued_nor_sent_to_it_but_what_its_holder_asks_for(smtp):  # noqa: F811
    person = people.verified()
    before = mails.answer(person)
    suspend(person.email.upper(), "550 Inconnu")
    after, code = mails.answer(person), mails.code(person)
    assert deliver(before.pk) == MailState.CANCELLED
    assert (after.state, after.error) == (MailState.CANCELLED, "adresse suspendue")
    assert deliver(code.pk) == MailState.SENT
    assert smtp.recipients == [person.email]


def test_no_digest_is_made_for_it(clock):
    person = people.verified(digest="daily")
    mails.alert(person)
    suspend(person.email, "550")
    clock.forward(days=2)
    assert send_due_digests() == 0
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {MailState.CANCELLED}


def test_a_second_refusal_renews_the_first(smtp):  # noqa: F811
    person = people.verified()
    for reply in ("550 Un", "550 Deux"):
        smtp.to_rcpt = reply
        deliver(mails.code(person).pk)
    assert "Deux" in SuspendedAddress.objects.get().reason


def test_its_holder_sees_it_tries_it_and_proves_that_it_works(smtp):  # noqa: F811
    person = people.verified()
    suspend(person.email, "550")
    client = client_of(person)
    for page in ("dashboard", "preferences"):
        assert "ne vous arrivent plus" in client.get(reverse(page)).content.decode()
    for _click in range(2):
        client.post(reverse("address-check-send"))
    mail = OutgoingEmail.objects.get(kind_code="address_check")
    assert deliver(mail.pk) == MailState.SENT
    link = next(
        line for line in smtp.messages[0].get_body(("plain",)).get_content().splitlines() if "/adresse/" in line
    )
    path = "/" + link.split("/", 3)[3]
    visitor = client_of(None)
    assert "Oui, écrivez-moi ici" in visitor.get(path).content.decode()
    assert is_suspended(person.email), "a scanner that follows the link changes nothing"
    assert "fonctionne" in visitor.post(path).content.decode()
    assert not is_suspended(person.email)
    assert "ne vous arrivent plus" not in client.get(reverse("dashboard")).content.decode()
    assert deliver(mails.answer(person).pk) == MailState.SENT


def test_the_link_is_good_for_two_days(smtp, clock):  # noqa: F811
    from actors.privacy.address_check import _link

    with_clock = _link("a@test.example")
    assert client_of(None).get(with_clock).status_code == 200
    assert client_of(None).get(with_clock.replace(":", ";")).status_code == 404


def test_the_other_owners_see_it_and_nobody_else():
    person, owner, editor = people.verified(name="Camille"), people.verified(), people.verified()
    actor = network.actor(owner=person)
    network.join(owner, actor)
    network.join(editor, actor, "editor")
    suspend(person.email, "550")
    seen = {
        who.pk: person.email in client_of(who).get(reverse("dashboard")).content.decode() for who in (owner, editor)
    }
    assert seen == {owner.pk: True, editor.pk: False}
    assert "adresse refusée" in client_of(owner).get(reverse("actor-members", args=[actor.slug])).content.decode()
    assert suspended_among([person.email.upper(), owner.email]) == {person.email}


def test_animators_add_and_lift(animator):
    client = client_of(animator)
    client.post(reverse("admin:common_suspendedaddress_add"), {"address": "Morte@Test.example", "reason": "Revenu"})
    suspended = SuspendedAddress.objects.get()
    assert suspended.address == "morte@test.example"
    twice = client.post(reverse("admin:common_suspendedaddress_add"), {"address": "morte@test.example", "reason": "x"})
    assert (twice.status_code, SuspendedAddress.objects.count()) == (200, 1)
    client.post(
        reverse("admin:common_suspendedaddress_changelist"), {"action": "lift", "_selected_action": suspended.pk}
    )
    suspended.refresh_from_db()
    assert suspended.released_by == animator
    assert not is_suspended("morte@test.example")
