"""Each rule acts on what is due and on nothing else; twice, or cut short, changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import ActorDecision, Contact, User
from coexist.common import retention
from coexist.common.mail.erased import ERASED_ADDRESS
from coexist.common.mail.models import OutgoingEmail
from coexist.common.mail.suspension import SuspendedAddress
from coexist.common.retention import apply_all
from coexist.pages.models import ContactMessage
from projects.partnerships.models import Introduction
from tests.factories import mails, network, people
from tests.site.scanners import ROOT

pytestmark = pytest.mark.django_db


def ago(**by):
    return timezone.now() - timedelta(**by)


def aged(row, **fields):
    type(row)._base_manager.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    return row


def test_old_mails_lose_their_text_then_their_row():
    person = people.verified()
    sent = {days: aged(mails.answer(person), state="sent", created_at=ago(days=days)) for days in (179, 181, 1096)}
    waiting = aged(mails.answer(person), created_at=ago(days=400))
    apply_all()
    left = dict(OutgoingEmail.objects.values_list("pk", "body_text"))
    assert left == {sent[179].pk: "Un texte é", sent[181].pk: "", waiting.pk: "Un texte é"}


def test_accounts_that_nobody_ever_proved_are_deleted():
    def joined(person, days):
        return aged(person, date_joined=ago(days=days))

    gone = joined(people.unverified(), 31)
    mail = mails.answer(gone)
    kept = [
        joined(people.unverified(), 29),
        joined(people.verified(), 31),
        joined(people.unverified(is_staff=True, is_superuser=True), 31),
        joined(people.unverified(last_login=ago(days=5)), 31),
    ]
    member = joined(people.unverified(), 31)
    network.actor(owner=member)
    apply_all()
    assert set(User.objects.values_list("pk", flat=True)) == {person.pk for person in [*kept, member]}
    mail.refresh_from_db()
    assert (mail.address, mail.body_text) == (ERASED_ADDRESS, "")


@pytest.fixture
def sleeper():
    person = people.verified(name="Aurore Dormante", last_login=ago(days=731))
    return aged(person, date_joined=ago(days=900))


def test_an_inactive_account_is_told_and_erased_a_month_later(sleeper, clock, animator):
    actor = network.actor(owner=sleeper)
    apply_all()
    apply_all()
    notice = OutgoingEmail.objects.get(recipient=sleeper)
    assert "deux ans" in notice.body_text
    clock.forward(days=29)
    apply_all()
    sleeper.refresh_from_db()
    assert sleeper.erased_at is None
    clock.forward(days=2)
    apply_all()
    sleeper.refresh_from_db()
    assert sleeper.erased_at is not None
    assert str(sleeper) == "personne effacée"
    assert OutgoingEmail.objects.filter(recipient=animator).exists(), "its actor has no owner: the animators know"
    assert actor.memberships.count() == 0


def test_who_logs_in_after_the_notice_stays_and_is_told_anew_two_years_later(sleeper, clock):
    apply_all()
    clock.forward(days=10)
    aged(sleeper, last_login=clock.now)
    clock.forward(days=700)
    apply_all()
    assert OutgoingEmail.objects.filter(kind_code="account_inactive_soon").count() <= 1
    clock.forward(days=40)
    apply_all()
    sleeper.refresh_from_db()
    assert sleeper.erased_at is None
    assert sleeper.inactivity_told_at == clock.now


def test_staff_and_the_active_are_left_alone():
    kept = [people.animator(last_login=ago(days=2000)), people.verified(last_login=ago(days=700))]
    kept = [aged(person, date_joined=ago(days=2500)) for person in kept]
    apply_all()
    assert [User.objects.get(pk=person.pk).inactivity_told_at for person in kept] == [None, None]


def test_contacts_of_an_actor_long_gone_are_wiped():
    def actor_with(state, days):
        actor = aged(network.actor(state=state), created_at=ago(days=days + 1))
        Contact.objects.create(actor=actor, name="Awa", email="awa@test.example")
        decision = ActorDecision.objects.create(actor=actor, state=state)
        aged(decision, at=ago(days=days))
        return actor

    for state in ("archived", "refused"):
        actor_with(state, 366)
    kept = [actor_with("archived", 300), actor_with("approved", 366)]
    apply_all()
    assert set(Contact.objects.values_list("actor", flat=True)) == {actor.pk for actor in kept}


def test_answered_messages_and_old_words_go_and_open_ones_stay():
    def message(state, days, key):
        fields = {"name": "A", "email": "a@test.example", "subject": "S", "body": "B"}
        made = ContactMessage.objects.create(
            state=state, form_key=f"00000000-0000-4000-8000-00000000000{key}", **fields
        )
        return aged(made, changed_at=ago(days=days))

    message("answered", 366, 1), message("closed", 366, 2)
    kept = [message("new", 900, 3), message("answered", 300, 4)]
    need = network.need(network.project(network.actor()))
    old = aged(network.introduction(need, network.actor()), created_at=ago(days=5 * 365 + 1))
    apply_all()
    assert set(ContactMessage.objects.all()) == set(kept)
    assert Introduction.objects.get(pk=old.pk).message == ""


def test_a_released_address_is_forgotten_a_year_later():
    SuspendedAddress.objects.create(address="a@test.example", reason="550", since=ago(days=900))
    SuspendedAddress.objects.create(
        address="b@test.example", reason="550", since=ago(days=900), released_at=ago(days=366)
    )
    apply_all()
    assert list(SuspendedAddress.objects.values_list("address", flat=True)) == ["a@test.example"]


def test_a_night_does_a_bounded_number_of_rows_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "MOST_BATCHES", 2)
    person = people.verified()
    for _number in range(5):
        aged(mails.answer(person), state="sent", created_at=ago(days=200))
    left = []
    for _night in range(3):
        apply_all()
        left.append(OutgoingEmail.objects.exclude(body_text="").count())
    assert left == [1, 0, 0]


def test_one_rule_that_fails_does_not_hold_up_the_others(monkeypatch):
    broken = retention.RetentionRule("broken", "", "", "", "", "", rows=lambda: 1 / 0, apply=lambda rows: None)
    monkeypatch.setattr(retention, "_rules", {"broken": broken, **retention._rules})
    mail = aged(mails.answer(people.verified()), state="sent", created_at=ago(days=200))
    apply_all()
    mail.refresh_from_db()
    assert mail.body_text == ""


def test_the_document_and_the_software_hold_the_same_table():
    """On a difference, copy the expected table into docs/rgpd.md, between the two marks."""
    document = (ROOT / "docs" / "rgpd.md").read_text()
    written = document.partition("<!-- table -->\n")[2].partition("<!-- end of table -->")[0]
    assert written == retention.as_markdown()
