"""What somebody wants once a day or a week comes in one mail, without what has lost its object."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from coexist.common.mail.delivery import compose, deliver
from coexist.common.mail.digests import send_due_digests
from coexist.common.mail.enums import MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from projects.matching.models import Refusal
from tests.factories import mails, people

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2031, 5, 14, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _it_is_wednesday(clock):
    clock.now = WEDNESDAY


@pytest.fixture
def person():
    return people.verified(digest="daily")


def states(*rows) -> list[str]:
    return [OutgoingEmail.objects.get(pk=row.pk).state for row in rows]


def digests():
    return OutgoingEmail.objects.filter(kind_code="digest").order_by("pk")


def test_held_alerts_come_as_one_mail(person, clock):
    first, second = mails.alert(person, body_html="<p>Puits</p>"), mails.alert(person, body_text="Comptes")
    assert send_due_digests() == 0  # seven o'clock has not come
    clock.forward(days=1)
    assert send_due_digests() == 1
    digest = digests().get()
    assert digest.address == person.email
    assert digest.state == MailState.QUEUED
    assert digest.subject == "CoExist : 2 propositions pour vous"
    assert first.subject in digest.body_text
    assert "Comptes" in digest.body_text
    assert "<p>Puits</p>" in digest.body_html
    assert states(first, second) == [MailState.MERGED, MailState.MERGED]
    assert set(digest.parts.all()) == {first, second}


def test_twice_makes_one_digest(person, clock):
    mails.alert(person)
    clock.forward(days=1)
    assert send_due_digests() == 1
    assert send_due_digests() == 0
    assert digests().count() == 1


def test_what_comes_later_waits_for_the_next_digest(person, clock):
    mails.alert(person)
    clock.forward(days=1)
    send_due_digests()
    later = mails.alert(person)
    assert send_due_digests() == 0
    clock.forward(days=1)
    assert send_due_digests() == 1
    assert later.subject in digests().last().body_text
    assert digests().count() == 2


def test_each_person_gets_their_own_alerts_only(person, clock):
    other = people.verified(digest="weekly")
    mine, theirs = mails.alert(person), mails.alert(other)
    clock.forward(days=1)
    assert send_due_digests() == 1  # a week's digest waits for Monday
    assert digests().get().recipient == person
    assert theirs.subject not in digests().get().body_text
    clock.now = datetime(2031, 5, 19, 7, tzinfo=ZoneInfo("Europe/Paris"))
    assert send_due_digests() == 1
    digest = digests().last()
    assert digest.recipient == other
    assert theirs.subject in digest.body_text
    assert mine.subject not in digest.body_text


def test_what_has_lost_its_object_is_left_out(person, clock):
    match = mails.a_match_for(person)
    stale, kept = mails.alert(person, match, body_text="Périmé"), mails.alert(person)
    Refusal.objects.create(need=match.need, actor=match.actor, by_actor=True, reason="place")
    clock.forward(days=1)
    assert send_due_digests() == 1
    assert states(stale, kept) == [MailState.CANCELLED, MailState.MERGED]
    assert digests().get().subject == "CoExist : une proposition pour vous"
    assert "Périmé" not in digests().get().body_text


def stopped_this_kind(person):
    EmailOptOut.objects.create(address=person.email, kind_code="needs_for_actor")


def chose_never(person):
    person.digest = "never"
    person.save()


@pytest.mark.parametrize("change", [stopped_this_kind, chose_never])
def test_who_changed_their_mind_meanwhile_gets_none(person, clock, change):
    held = mails.alert(person)
    change(person)
    clock.forward(days=1)
    assert send_due_digests() == 0
    assert states(held) == [MailState.CANCELLED]
    assert not digests().exists()


def test_a_digest_is_an_alert_that_one_click_stops(person, clock, client):
    mails.alert(person)
    clock.forward(days=1)
    send_due_digests()
    headers = compose(digests().get()).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(headers["List-Unsubscribe"].strip("<>"), {"List-Unsubscribe": "One-Click"})
    assert deliver(digests().get().pk) == MailState.CANCELLED
    mails.alert(person)
    clock.forward(days=1)
    send_due_digests()
    assert digests().last().state == MailState.CANCELLED
