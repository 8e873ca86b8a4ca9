"""A mail is a row first: once, in the recipient's language, when the recipient wants it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from coexist.common.mail.enums import Digest, MailState
from coexist.common.mail.models import EmailOptOut, OutgoingEmail
from coexist.common.mail.queue import next_digest, queue_mail
from projects.matching.mails import NEED_MATCHES, NEEDS_FOR_ACTOR
from tests.factories import mails, network, people

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.django_db
def test_the_same_key_is_written_once():
    person = people.verified()
    first = mails.answer(person, dedupe_key="once")
    assert first is not None
    assert mails.answer(person, dedupe_key="once", subject="Encore") is None
    assert OutgoingEmail.objects.get().subject == "Bonjour"


@pytest.mark.django_db
def test_a_rendered_mail_with_a_known_key_is_not_written_again():
    lead, person = network.owned_actor()
    need = network.need(network.project(lead))
    match = network.match(need, network.actor())
    what = {"dedupe_key": "once", "context": {"need": need, "matches": [match]}}
    assert queue_mail(NEED_MATCHES, to=person, **what) is not None
    assert queue_mail(NEED_MATCHES, to=person, **what) is None
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("digest", "state"),
    [
        (Digest.IMMEDIATE, MailState.QUEUED),
        (Digest.DAILY, MailState.HELD),
        (Digest.WEEKLY, MailState.HELD),
        (Digest.NEVER, MailState.CANCELLED),
    ],
)
def test_alerts_obey_the_digest_preference(digest, state, clock):
    clock.now = datetime(2031, 5, 14, 12, tzinfo=PARIS)  # a Wednesday
    mail = mails.alert(people.verified(digest=digest))
    assert mail.state == state
    due = {
        Digest.DAILY: datetime(2031, 5, 15, 7, tzinfo=PARIS),
        Digest.WEEKLY: datetime(2031, 5, 19, 7, tzinfo=PARIS),
    }
    assert mail.next_attempt_at == due.get(digest, clock.now)


@pytest.mark.django_db
@pytest.mark.parametrize("digest", Digest)
@pytest.mark.parametrize("write", [mails.answer, mails.code])
def test_answers_and_codes_always_leave_at_once(write, digest):
    person = people.verified(digest=digest)
    EmailOptOut.objects.create(address=person.email, kind_code=NEEDS_FOR_ACTOR.code)
    assert write(person).state == MailState.QUEUED


@pytest.mark.django_db
def test_an_opt_out_stops_this_kind_and_no_other():
    person = people.verified()
    EmailOptOut.objects.create(address=person.email, kind_code=NEED_MATCHES.code)
    assert mails.alert(person).state == MailState.QUEUED
    EmailOptOut.objects.create(address=person.email, kind_code=NEEDS_FOR_ACTOR.code)
    stopped = mails.alert(person)
    assert (stopped.state, stopped.error) == (MailState.CANCELLED, "desabonnement")


@pytest.mark.django_db
def test_an_address_without_account_is_left_alone_too_whatever_its_case():
    from coexist.common.mail.queue import write_row

    EmailOptOut.objects.create(address="quelqu.un@ailleurs.example", kind_code=NEEDS_FOR_ACTOR.code)
    row = {"subject": "Bonjour", "body_text": "Texte", "body_html": "<p>Texte</p>"}
    stopped = write_row(NEEDS_FOR_ACTOR, to=None, address="Quelqu.Un@ailleurs.example", dedupe_key="1", **row)
    other = write_row(NEEDS_FOR_ACTOR, to=None, address="autre@ailleurs.example", dedupe_key="2", **row)
    assert (stopped.state, other.state) == (MailState.CANCELLED, MailState.QUEUED)


@pytest.mark.django_db
def test_a_mail_speaks_the_recipients_language_and_keeps_it():
    match = mails.a_match_for(people.verified(language="en"))
    person = match.actor.members.get()
    mail = queue_mail(
        NEEDS_FOR_ACTOR, to=person, dedupe_key="en", context={"actor": match.actor, "matches": [match]},
        refers_to={"actor": match.actor_id, "matches": [match.pk], "user": person.pk},
    )  # fmt: skip
    assert mail.language == "en"
    french = queue_mail(
        NEEDS_FOR_ACTOR,
        to=people.verified(),
        dedupe_key="fr",
        context={"actor": match.actor, "matches": [match]},
    )
    assert french.language == "fr"
    assert french.subject == f"Un projet cherche ce que vous proposez : {match.need.title}"


@pytest.mark.django_db
def test_a_subject_is_one_line_and_bounded():
    lead, person = network.owned_actor()
    need = network.need(network.project(lead), "Ligne\nBcc: tous@coexist.example " + "x" * 100)
    match = network.match(need, network.actor())
    mail = queue_mail(NEED_MATCHES, to=person, dedupe_key="k", context={"need": need, "matches": [match]})
    assert "\n" not in mail.subject
    assert len(mail.subject) <= 250


@pytest.mark.django_db
def test_what_people_wrote_is_escaped_in_the_html_and_plain_in_the_text():
    lead, person = network.owned_actor()
    need = network.need(network.project(lead), "Pompe <b>& puits</b>")
    match = network.match(need, network.actor())
    mail = queue_mail(NEED_MATCHES, to=person, dedupe_key="k", context={"need": need, "matches": [match]})
    assert "Pompe <b>& puits</b>" in mail.body_text
    assert "Pompe <b>& puits</b>" in mail.subject
    assert "<b>" not in mail.body_html
    assert "Pompe &lt;b&gt;&amp; puits&lt;/b&gt;" in mail.body_html


def paris(*when: int) -> datetime:
    return datetime(*when, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("digest", "after", "due"),
    [
        (Digest.DAILY, (2031, 5, 14, 6, 59), (2031, 5, 14, 7)),
        (Digest.DAILY, (2031, 5, 14, 7, 0), (2031, 5, 15, 7)),
        (Digest.DAILY, (2031, 12, 31, 8), (2032, 1, 1, 7)),
        (Digest.WEEKLY, (2031, 5, 12, 6, 59), (2031, 5, 12, 7)),  # a Monday
        (Digest.WEEKLY, (2031, 5, 12, 7, 0), (2031, 5, 19, 7)),
        (Digest.WEEKLY, (2031, 5, 18, 23, 59), (2031, 5, 19, 7)),
        # The clocks change on 28 March and 31 October 2027, both Sundays: seven stays seven.
        (Digest.DAILY, (2027, 3, 27, 8), (2027, 3, 28, 7)),
        (Digest.WEEKLY, (2027, 3, 26, 8), (2027, 3, 29, 7)),
        (Digest.DAILY, (2027, 10, 30, 8), (2027, 10, 31, 7)),
        (Digest.WEEKLY, (2027, 10, 29, 8), (2027, 11, 1, 7)),
    ],
)
def test_digests_leave_at_seven_local_time(digest, after, due):
    found = next_digest(digest, paris(*after))
    assert found == paris(*due)
    assert found.astimezone(PARIS).hour == 7


def test_the_hour_of_digests_does_not_depend_on_the_zone_of_the_question():
    utc = datetime(2027, 3, 27, 7, tzinfo=ZoneInfo("UTC"))  # eight in Paris
    assert next_digest(Digest.DAILY, utc) == datetime(2027, 3, 28, 5, tzinfo=ZoneInfo("UTC"))
